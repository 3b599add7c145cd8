"""A server around a small application, and the service itself, both as they run: processes on a port."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException

from engine.store import schema
from service.commands.serving import free_port
from service.web_server.bodies import Request
from service.web_server.front import Front
from service.web_server.server import run

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
#: Bytes of a body that the small application takes, of all large ones together, and its seconds.
LARGEST, HELD, SECONDS = 200_000, 300_000, 1.0

#: In the process of the small application: by query string, how long the body was or why there was none.
seen: dict[str, int | str] = {}


def told(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What it was told, as JSON; `/fails` raises, `/large` answers ten megabytes in pieces, `/seen` what came before,
    `/held` how many requests are in memory."""
    if environ["PATH_INFO"] == "/fails":
        raise RuntimeError("on purpose")
    if environ["PATH_INFO"] == "/large":
        start_response("200 OK", [("Content-Length", str(10_000_000))])
        return (b"x" * 10_000 for _ in range(1_000))
    if environ["PATH_INFO"] in ("/seen", "/held"):
        held = sum(type(each) is Request for each in gc.get_objects())
        answer = json.dumps({"held": held} if environ["PATH_INFO"] == "/held" else seen).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]
    try:
        body = environ["wsgi.input"].read()
        seen[environ["QUERY_STRING"]] = len(body)
    except HTTPException as why:
        seen[environ["QUERY_STRING"]] = f"{why.code}"
        start_response(f"{why.code} {why.name}", [("Content-Length", "0")])
        return [b""]
    facts = {name: value for name, value in environ.items() if isinstance(value, str)}
    answer = json.dumps(facts | {"length": len(body)}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]


def _serve(port: int) -> None:
    run(_front, HOST, port, workers=1, head_seconds=SECONDS)


def _front() -> Front:
    return Front(told, threads=1, largest_request=LARGEST, body_seconds=SECONDS, held_bytes=HELD)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of the small application, which has one thread."""
    free = free_port(HOST, 0)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(free,))
    process.start()
    try:
        wait_for(free)
        yield free
    finally:
        process.terminate()
        process.join(30)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of `liuzhuan serve` with two threads."""
    url = f"sqlite:///{tmp_path_factory.mktemp('service')}/service.db"
    schema.migrate(url)
    free = free_port(HOST, 0)
    process = subprocess.Popen(
        [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", str(free), "--threads", "2"],
        cwd=ROOT,
        env=os.environ
        | {
            "LIUZHUAN_DATABASE_URL": url,
            "LIUZHUAN_SECRET_KEY": "k3y-0123456789-abcdefghijklmnopqrstuv",
            "LIUZHUAN_TICK_LATE_SECONDS": "0",
        },
    )
    try:
        wait_for(free)
        yield free
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not listen")
