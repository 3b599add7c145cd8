"""The http connector against a real server on the loopback interface."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from engine.connectors import ConnectorFailed, Http, Job
from engine.connectors.addresses import networks

JOB = Job("job-1", "instance-1", "call")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = {"path": self.path, "key": self.headers["Idempotency-Key"], "body": json.loads(content)}
        self.reply(200, json.dumps(answer).encode(), "application/json")

    def do_GET(self) -> None:
        status = int(self.path.rpartition("/")[2] or 200)
        self.reply(status, b"x" * 1_000_001 if self.path.startswith("/large") else b"hello", "text/plain")

    def reply(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "http://169.254.169.254/")
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_address[1]}"
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def http() -> Http:
    return Http(networks(["127.0.0.0/8"]))


def test_it_sends_json_and_the_idempotency_key_and_reads_json(server: str, http: Http) -> None:
    answer = http.call({"url": f"{server}/leads?x=1", "method": "post", "body": {"名": "甲"}}, JOB)
    assert answer["status"] == 200
    assert answer["body"] == {"path": "/leads?x=1", "key": "job-1", "body": {"名": "甲"}}


@pytest.mark.parametrize(("status", "is_retryable"), [(503, True), (429, True), (404, False), (400, False)])
def test_an_error_answer_says_whether_trying_again_makes_sense(server: str, http: Http, status: int, is_retryable: bool) -> None:
    with pytest.raises(ConnectorFailed) as failed:
        http.call({"url": f"{server}/status/{status}"}, JOB)
    assert failed.value.is_retryable is is_retryable
    assert failed.value.retry_in == 7
    assert str(status) in str(failed.value)


def test_a_redirect_is_an_answer_and_is_not_followed(server: str, http: Http) -> None:
    assert http.call({"url": f"{server}/status/302"}, JOB)["status"] == 302


def test_an_answer_that_is_too_large_fails(server: str, http: Http) -> None:
    with pytest.raises(ConnectorFailed, match="more than"):
        http.call({"url": f"{server}/large/200"}, JOB)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
     "[64:ff9b::10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[64:ff9b:1:a00::1]", "[2002:a00:1::1]", "[2002:7f00:1::]",
     "[::127.0.0.1]", "[::10.0.0.1]", "[::ffff:0:10.0.0.1]", "[2001:0:7f00:1::]", "[2001:0:808:808::f5ff:fffe]",
     "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_addresses_inside_are_refused_unless_they_are_allowed(host: str) -> None:
    with pytest.raises(ConnectorFailed) as failed:
        Http().call({"url": f"http://{host}:9/"}, JOB)
    assert not failed.value.is_retryable
    assert "private network" in str(failed.value)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://x/", "http://", "http://a:b@example.org/", "http://x:99999/", None, ""]
)
def test_what_is_no_web_address_is_refused(url: str | None) -> None:
    with pytest.raises(ConnectorFailed) as failed:
        Http().call({"url": url}, JOB)
    assert not failed.value.is_retryable


def test_headers_cannot_carry_line_breaks(server: str, http: Http) -> None:
    with pytest.raises(ConnectorFailed, match="line break"):
        http.call({"url": server, "headers": {"X": "a\r\nHost: evil"}}, JOB)
