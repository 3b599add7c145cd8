"""What an application of WSGI is told of a request, and what becomes of its answer."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any

import pytest

from service.web_server.limits import SMALL_BODY
from tests.web_server.conftest import HELD, HOST, LARGEST


def ask(
    port: int, method: str = "GET", path: str = "/", body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request(method, path, body, headers or {}, encode_chunked="Transfer-Encoding" in (headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, json.loads(content) if content.startswith(b"{") else content
    finally:
        connection.close()


def raw(port: int, sent: bytes) -> bytes:
    with socket.create_connection((HOST, port), 20) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_the_application_is_told_what_wsgi_asks_for(port: int) -> None:
    status, facts = ask(port, "POST", "/a%20b/%E6%B5%81?x=%20y", b"{}", {"Content-Type": "application/json", "X-Some": "1"})
    assert status == 200
    assert facts["REQUEST_METHOD"] == "POST"
    assert facts["PATH_INFO"].encode("latin-1").decode() == "/a b/流"
    assert facts["QUERY_STRING"] == "x=%20y"
    assert facts["CONTENT_TYPE"] == "application/json"
    assert facts["CONTENT_LENGTH"] == "2"
    assert facts["HTTP_X_SOME"] == "1"
    assert facts["HTTP_HOST"] == f"{HOST}:{port}"
    assert (facts["REMOTE_ADDR"], facts["SERVER_NAME"], facts["SERVER_PORT"]) == (HOST, HOST, str(port))


@pytest.mark.parametrize("size", [0, 10, SMALL_BODY + 1])
def test_a_request_that_is_answered_does_not_stay_in_memory(port: int, size: int) -> None:
    for _ in range(20):
        assert ask(port, "POST", "/", b"x" * size)[0] == 200
    _, facts = ask(port, "GET", "/held")
    assert facts["held"] <= 2


def test_headers_that_come_twice_are_joined_as_they_are_meant(port: int) -> None:
    answer = raw(
        port, b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\nCookie: b=2\r\nX-Two: 1\r\nX-Two: 2\r\nConnection: close\r\n\r\n"
    )
    facts = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (facts["HTTP_COOKIE"], facts["HTTP_X_TWO"]) == ("a=1;b=2", "1,2")


def test_a_name_with_an_underscore_does_not_stand_for_that_of_a_proxy(port: int) -> None:
    _, facts = ask(port, headers={"X_Forwarded_For": "198.51.100.1", "X-Forwarded-For": "192.0.2.1"})
    assert facts["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"


def test_values_that_are_no_ascii_are_left_out(port: int) -> None:
    answer = raw(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Odd: \xff\xfe\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"X_ODD" not in answer


@pytest.mark.parametrize("size", [0, 1, SMALL_BODY, SMALL_BODY + 1, LARGEST])
def test_bodies_of_each_size_arrive_as_a_whole(port: int, size: int) -> None:
    assert ask(port, "POST", body=b"x" * size)[1]["length"] == size
    pieces = (b"x" * min(7_001, size - at) for at in range(0, size, 7_001))
    assert ask(port, "POST", body=pieces, headers={"Transfer-Encoding": "chunked"})[1]["length"] == size


def test_larger_bodies_are_refused_without_waiting_for_them(port: int) -> None:
    answer = raw(port, f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST + 1}\r\n\r\n".encode() + b"x")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()
    chunk = b"%x\r\n%s\r\n" % (LARGEST + 1, b"x" * (LARGEST + 1))
    answer = raw(port, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)
    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "head",
    [f"Content-Length: {SMALL_BODY}", f"Content-Length: {LARGEST}", "Transfer-Encoding: chunked"],
    ids=["small", "large", "open"],
)
@pytest.mark.parametrize("so_far", [b"", b"abc"], ids=["before", "within"])
def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one(port: int, head: str, so_far: bytes) -> None:
    name = f"{head}{so_far!r}".replace(" ", "")
    piece = b"3\r\n%s\r\n" % so_far if so_far and "chunked" in head else so_far
    with socket.create_connection((HOST, port), 20) as connection:
        connection.sendall(f"POST /?{name} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode() + piece)
    until = time.monotonic() + 20
    while (told := ask(port, path="/seen")[1].get(name)) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert told in ("400", "408")


def test_large_bodies_together_have_a_limit_that_small_ones_do_not_feel(port: int) -> None:
    """And it is free again once they are gone."""
    held = []
    for _ in range(HELD // (LARGEST - 1) + 1):
        connection = socket.create_connection((HOST, port), 20)
        connection.sendall(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST}\r\n\r\n".encode() + b"x" * (LARGEST - 1))
        held.append(connection)
    answers = []
    for connection in held:
        answers.append(connection.recv(65_536)[:13])
        connection.close()
    assert sorted(answers)[-1] == b"HTTP/1.1 503 "
    assert ask(port, "POST", body=b"x")[0] == 200
    assert ask(port, "POST", body=b"x" * LARGEST)[0] == 200


def test_an_application_that_fails_answers_500_and_goes_on(port: int) -> None:
    assert ask(port, path="/fails")[0] == 500
    assert ask(port)[0] == 200


def test_answers_in_pieces_leave_as_one(port: int) -> None:
    assert len(ask(port, path="/large")[1]) == 10_000_000


def test_one_connection_carries_many_requests(port: int) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    for body in (b"a", b"", b"x" * (SMALL_BODY + 1), b"ab"):
        connection.request("POST", "/", body)
        assert json.loads(connection.getresponse().read())["length"] == len(body)
    connection.request("HEAD", "/")
    answer = connection.getresponse()
    assert answer.read() == b""
    assert int(answer.headers["Content-Length"]) > 100
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()
