"""Which network addresses a connector may reach: the check is made on the address that is really connected to.

Names are resolved once and the connection goes to that address, so an answer that changes between check and use
(DNS rebinding) has no effect. Private, loopback, link-local and reserved addresses need an entry in the allow list.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from engine.connectors.connector import ConnectorFailed
from engine.facts.sentences import Sentence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """`10.1.0.0/16`, `127.0.0.1/32`; raises ValueError for anything else."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def connect(host: str, port: int, timeout: float, allowed: tuple[Network, ...]) -> socket.socket:
    """A connection to the first address of the host that may be reached and answers; raises ConnectorFailed."""
    trouble: OSError | None = None
    for family, kind, protocol, _, where in _resolve(host, port):
        _check(ipaddress.ip_address(where[0]), host, allowed)
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(where)
        except OSError as error:
            connection.close()
            trouble = error
        else:
            return connection
    raise ConnectorFailed(Sentence("{host} does not answer: {why}.", host=host, why=str(trouble)))


def _resolve(host: str, port: int) -> list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectorFailed(Sentence("The address {host} cannot be found.", host=host)) from error
    return [(family, kind, protocol, name, (str(where[0]), port)) for family, kind, protocol, name, where in found]


def _check(address: Address, host: str, allowed: tuple[Network, ...]) -> None:
    real = (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
    if real.is_global and not real.is_multicast:
        return
    if any(real.version == network.version and real in network for network in allowed):
        return
    raise ConnectorFailed(
        Sentence(
            "{host} is inside a private network ({address}), which connectors may not reach. Ask the administrator "
            "to allow it with LIUZHUAN_CONNECTOR_NETWORKS.",
            host=host,
            address=str(real),
        ),
        is_retryable=False,
    )
