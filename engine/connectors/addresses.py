"""Which network addresses a connector may reach: the check is made on the address that is really connected to.

Names are resolved once and the connection goes to that address, so an answer that changes between check and use
(DNS rebinding) has no effect. Private, loopback, link-local and reserved addresses need an entry in the allow list; so do
addresses of IPv6 through which a gateway would lead to one of IPv4 that needs it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable, Iterator

from engine.connectors.connector import ConnectorFailed
from engine.connectors.deadline import Deadline, late
from engine.facts.sentences import Sentence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Networks of IPv6 whose addresses hold one of IPv4, and how many bits stand after it.
_HOLDING: tuple[tuple[ipaddress.IPv6Network, int], ...] = tuple(
    (ipaddress.IPv6Network(network), bits_after)
    for network, bits_after in (
        ("::/96", 0),  # IPv4-compatible
        ("::ffff:0:0/96", 0),  # IPv4-mapped
        ("::ffff:0:0:0/96", 0),  # IPv4-translated
        ("64:ff9b::/96", 0),  # NAT64
        ("2002::/16", 80),  # 6to4
        ("2001::/32", 64),  # Teredo: the server
    )
)
#: NAT64 of one's own: where the address of IPv4 stands depends on who set it up.
_NAT64_OF_ONES_OWN = ipaddress.IPv6Network("64:ff9b:1::/48")
_TEREDO = ipaddress.IPv6Network("2001::/32")

#: For what an operator has set, and nobody else.
EVERYWHERE: tuple[Network, ...] = (ipaddress.IPv4Network("0.0.0.0/0"), ipaddress.IPv6Network("::/0"))

_Found = list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]]


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """`10.1.0.0/16`, `127.0.0.1/32`; raises ValueError for anything else."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def connect(host: str, port: int, deadline: Deadline, allowed: tuple[Network, ...]) -> socket.socket:
    """A connection to the first address of the host that may be reached and answers; raises ConnectorFailed, TimeoutError.

    An address that is silent leaves the next ones their share of the time."""
    trouble: OSError | None = None
    found = _resolve(host, port, deadline)
    for tried, (family, kind, protocol, _, where) in enumerate(found):
        _check(ipaddress.ip_address(where[0].partition("%")[0]), host, allowed)
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.left() / (len(found) - tried))
            connection.connect(where)
        except OSError as error:
            connection.close()
            trouble = error
        else:
            return connection
    deadline.left()
    raise ConnectorFailed(Sentence("{host} does not answer: {why}.", host=host, why=str(trouble)))


def _resolve(host: str, port: int, deadline: Deadline) -> _Found:
    try:
        return _with_port(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST), port)
    except (OSError, UnicodeError):
        return _looked_up(host, port, deadline)


def _looked_up(host: str, port: int, deadline: Deadline) -> _Found:
    """In a thread of its own, which is left behind when names are not answered for in time: nothing ends such a question."""
    found: list[_Found | Exception] = []

    def look_up() -> None:
        try:
            found.append(_with_port(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), port))
        except (OSError, UnicodeError) as error:
            found.append(error)

    asking = threading.Thread(target=look_up, name="resolver", daemon=True)
    asking.start()
    asking.join(deadline.left())
    if not found:
        raise late()
    if isinstance(found[0], Exception):
        raise ConnectorFailed(Sentence("The address {host} cannot be found.", host=host)) from found[0]
    return found[0]


def _with_port(
    found: Iterable[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]], port: int
) -> _Found:
    return [(family, kind, protocol, name, (str(where[0]), port)) for family, kind, protocol, name, where in found]


def _check(address: Address, host: str, allowed: tuple[Network, ...]) -> None:
    real = (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
    refused = next((each for each in (real, *_held(real)) if _is_inside(each) and not _is_in(each, allowed)), None)
    if refused is None or _is_in(real, allowed):
        return
    raise ConnectorFailed(
        Sentence(
            "{host} is inside a private network ({address}), which connectors may not reach. Ask the administrator "
            "to allow it with LIUZHUAN_CONNECTOR_NETWORKS.",
            host=host,
            address=str(refused),
        ),
        is_retryable=False,
    )


def _is_inside(address: Address) -> bool:
    return not address.is_global or address.is_multicast or (address.version == 6 and address in _NAT64_OF_ONES_OWN)


def _is_in(address: Address, allowed: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in allowed)


def _held(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """Addresses of IPv4 that an address of IPv6 leads to."""
    if address.version == 4:
        return
    for network, bits_after in _HOLDING:
        if address in network:
            yield ipaddress.IPv4Address((int(address) >> bits_after) & 0xFFFFFFFF)
    if address in _TEREDO:
        yield ipaddress.IPv4Address(~int(address) & 0xFFFFFFFF)
