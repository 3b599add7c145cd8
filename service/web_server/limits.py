"""How long and how large what comes over the network may be before it is a request."""

from __future__ import annotations

import resource

#: Seconds for the whole head of a request; as long a connection may be kept without one.
HEAD_SECONDS = 30
#: Seconds for the whole body of a request, whatever its size.
BODY_SECONDS = 120
#: Bytes up to which a body that says its length is collected at once; a larger one is counted as it comes.
SMALL_BODY = 64_000
#: Bytes of larger bodies that one process holds at the same time; 503 beyond it.
HELD_BYTES = 200_000_000
#: Connections of one process at the same time; further ones wait until one is closed.
CONNECTIONS = 8_000
#: File descriptors that are not for connections: database, scripts, files.
_OTHER_DESCRIPTORS = 256


def connections() -> int:
    """As many as wanted, or as the machine lets this process open. Takes what the machine lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + _OTHER_DESCRIPTORS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(64, min(CONNECTIONS, soft - _OTHER_DESCRIPTORS))
