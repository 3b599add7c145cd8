"""Who sends or reads slowly holds nobody else up, and not for ever."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from service.web_server import limits
from tests.web_server.conftest import HOST, LARGEST, ROOT

MANY = 200

#: What is sent before the client falls silent.
SLOW = {
    "nothing": b"",
    "half a line": b"POST /api/v1/ses",
    "half a head": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Le",
    "the beginning of HTTP/2": b"PRI * HTTP/2.0\r\n",
    "one byte of a small body": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{",
    "one byte of a large body": b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{",
    "one byte of a delivery": b"POST /webhooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{",
    "one piece of an open-ended body": b"POST /webhooks/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    "half a file": b"PUT /api/v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 19000000\r\n\r\n" + b"x" * 1000,
}


def connected(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection((HOST, port), 10)
    connection.sendall(sent)
    return connection


@contextmanager
def slow_clients(port: int, sent: bytes, count: int = MANY) -> Iterator[list[socket.socket]]:
    connections = [connected(port, sent) for _ in range(count)]
    try:
        yield connections
    finally:
        for connection in connections:
            connection.close()


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW.keys())
def test_the_service_answers_beside_many_slow_clients(service: int, sent: bytes) -> None:
    with slow_clients(service, sent):
        assert [status(service, path) for path in ("/healthz", "/readyz", "/api/v1/session")] == [200, 200, 401]


def test_who_does_not_read_what_is_answered_holds_nobody_up(port: int) -> None:
    with slow_clients(port, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n", 20):
        assert status(port, "/") == 200


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW.keys())
def test_nobody_is_waited_for_for_ever(port: int, sent: bytes) -> None:
    """A head that does not end is cut off, a body answered with 408; the connection is closed."""
    body = b"\r\n\r\n" in sent
    sent = re.sub(rb"\d{6,}", str(LARGEST).encode(), sent)
    with connected(port, sent) as connection:
        connection.settimeout(15)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 408 ") if body else answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer


def test_a_body_that_comes_byte_by_byte_has_no_more_time(port: int) -> None:
    """The time is for the body as a whole, not from byte to byte."""
    with connected(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n") as connection:
        connection.settimeout(0.05)
        answer = b""
        for _ in range(300):
            try:
                connection.sendall(b"x")
                answer += connection.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
            if answer:
                break
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_the_limits_are_those_of_the_document() -> None:
    said = (ROOT / "docs" / "operations.md").read_text()
    assert f"{limits.HEAD_SECONDS} s for its head, then" in said
    assert f"{limits.BODY_SECONDS} s for its body, then 408" in said
    assert f"more than {limits.SMALL_BODY // 1000} kB" in said
    assert f"{limits.HELD_BYTES // 1_000_000} MB together, then 503" in said
    assert f"| {limits.CONNECTIONS:,}, or" in said
