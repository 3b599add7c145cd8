"""`liuzhuan demo` and `liuzhuan worker` as real processes."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import schema
from service.commands.serving import free_port

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from service.cli import main; main()")


def begin(*words: str, **environment: str) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIUZHUAN_")}
    return subprocess.Popen(
        [*PROGRAM, *words],
        cwd=ROOT,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines_until(process: subprocess.Popen[str], word: str) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if word in line:
            return


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """What the demo printed, and its address."""
    process = begin("demo", "--port", "0", "--folder", str(tmp_path / "demo"))
    try:
        printed = "".join(lines_until(process, "ready"))
        found = re.search(r"http://127\.0\.0\.1:\d+", printed)
        assert found, printed
        yield printed, found.group()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def address_in_the_network() -> str:
    """Of this machine, by the way a packet would leave it: its name need not be known. Loopback where there is no way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(way.getsockname()[0])


def test_the_demo_says_who_may_sign_in_and_answers_on_this_machine_only(demo: tuple[str, str], tmp_path: Path) -> None:
    printed, address = demo
    assert "li.na" in printed
    assert "李娜" in printed
    assert "'liuzhuan'" in printed
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", "/readyz")
    assert connection.getresponse().status == 200
    connection.close()
    assert (tmp_path / "demo" / "secret-key").stat().st_mode & 0o077 == 0
    elsewhere = address_in_the_network()
    if not elsewhere.startswith("127."):
        with pytest.raises(OSError), socket.create_connection((elsewhere, int(address.rpartition(":")[2])), 2):
            pass


def test_a_worker_stops_when_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/worker.db"
    schema.migrate(url)
    process = begin("worker", LIUZHUAN_DATABASE_URL=url, LIUZHUAN_SECRET_KEY="k3y-0123456789-abcdefghijklmnopqrstuv")
    assert "ready" in "".join(lines_until(process, "ready"))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


def test_who_serves_does_not_share_a_port_with_whoever_has_it(tmp_path: Path) -> None:
    """Granian would: half of the requests would be answered by the one, half by the other."""
    with socket.socket() as there:
        there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        there.bind(("127.0.0.1", 0))
        there.listen()
        port = there.getsockname()[1]
        words = ("serve", "--port", str(port))
        address, key = f"sqlite:///{tmp_path}/one.db", "tests only: 0123456789 abcdefghij"
        settings = {"LIUZHUAN_DATABASE_URL": address, "LIUZHUAN_SECRET_KEY": key}
        refused = begin(*words, **settings, LC_ALL="C.UTF-8")
        said, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in said
    assert "Choose another --port." in said
    assert "Serving on" not in said
