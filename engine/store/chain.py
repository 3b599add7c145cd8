"""What makes a change of what was written noticed: the chain of a process instance's log, and the seal of its row.

The chain is one SHA-256 of 32 bytes for each version: over the one before and the row of the log, byte for byte as it is kept.
The instance keeps the newest, the head; the others follow from the rows of the log. The seal is over the head, the row of the
instance and its saved state. An instance that began before there were chains has empty ones until the next anchor gives it them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from engine.store.history import Transition

#: Of an instance that was there before chains were.
UNCHAINED = b""


def first(id: UUID, definition_id: UUID) -> bytes:
    """What the first row of the log is chained to."""
    return sha256(id.bytes + definition_id.bytes).digest()


def following(before: bytes, row: Transition, events: bytes, command: bytes | None) -> bytes:
    """The chain after a row of the log; `events` and `command` are their JSON texts, in which no line ends."""
    if not before:
        return UNCHAINED
    head = orjson.dumps((row.version, row.at, row.actor, row.verb, row.element))
    return sha256(b"\n".join((before, head, events, command or b""))).digest()


def seal(chain: bytes, row: tuple[Any, ...], state: bytes) -> bytes:
    """Over the values of a process instance's row, in the order of engine.store.process_instances.SEALED."""
    return sha256(b"\n".join((chain, orjson.dumps(row), state))).digest() if chain else UNCHAINED
