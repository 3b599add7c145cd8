"""`liuzhuan demo`, `liuzhuan serve` and `liuzhuan worker` as real processes."""

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

from engine.facts.actor import SYSTEM
from engine.facts.pace import Pace
from engine.facts.sentences import Sentence, verbatim
from engine.store import schema
from service.assembling import assemble
from service.commands.demo import introduce
from service.commands.readiness import Waiting
from service.commands.serving import free_port
from service.identity import company_file
from service.identity.company import company
from service.identity.importing import import_company
from service.secrets import keeping
from service.settings import Settings

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


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "cannot be reached"), ("zh_CN.UTF-8", "连不上数据库")])
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_cannot_be_reached_is_told_at_once(command: str, locale: str, said: str) -> None:
    """A server said nothing, a worker four lines each second."""
    password, port = "sesame-0815", free_port("127.0.0.1", 0)
    settings = {
        "LIUZHUAN_DATABASE_URL": f"postgresql://liuzhuan:{password}@127.0.0.1:{port}/flow",
        "LIUZHUAN_SECRET_KEY": "tests only: 0123456789 abcdefghij",
    }
    more = ("--port", str(free_port("127.0.0.1", 0))) if command == "serve" else ()
    process = begin(command, *more, **settings, LC_ALL=locale, PYTHONUTF8="1")
    printed = list(lines_until(process, said))
    logged = list(lines_until(process, "engine.store.outage"))
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=60)
    sentence = printed[-1]
    assert f"postgresql://liuzhuan@127.0.0.1:{port}/flow" in sentence
    assert "LIUZHUAN_DATABASE_URL" in sentence
    assert password not in "".join((*printed, *logged, rest))
    assert len(printed) <= 2, "nothing but the address comes before it"


def test_who_serves_is_told_what_is_missing(tmp_path: Path) -> None:
    """Tables, here: `serve` waited for them without a word."""
    url = f"sqlite:///{tmp_path}/empty.db"
    (tmp_path / "empty.db").touch()
    settings = {"LIUZHUAN_DATABASE_URL": url, "LIUZHUAN_SECRET_KEY": "tests only: 0123456789 abcdefghij", "LC_ALL": "C.UTF-8"}
    process = begin("serve", "--port", str(free_port("127.0.0.1", 0)), "--with-worker", **settings)
    assert "liuzhuan migrate" in "".join(lines_until(process, "liuzhuan migrate"))
    schema.migrate(url)
    assert "ready" in "".join(lines_until(process, "ready"))
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)


def test_what_is_waited_for_is_told_once_and_what_else_it_is_at_once() -> None:
    told: list[Sentence] = []
    waiting = Waiting(told.append, lambda: Pace(lambda: 0.0))
    for text in ("a", "a", "b", "b", "a"):
        waiting.tell(verbatim(text))
    assert [str(each) for each in told] == ["a", "b", "a"]


def test_a_secret_key_that_cannot_read_what_there_is_is_told_at_once(tmp_path: Path) -> None:
    """It was found out by the first connector that was called, in the middle of a case."""
    url = f"sqlite:///{tmp_path}/keys.db"
    schema.migrate(url)
    parts = assemble(Settings(is_demo=True, secret_key="the key before this one", database_url=url))
    with parts.begin(SYSTEM) as work:
        keeping.set_(work, parts.secrets, "crm-token", "a token of many letters")
    parts.close()
    settings = {"LIUZHUAN_DATABASE_URL": url, "LIUZHUAN_SECRET_KEY": "tests only: 0123456789 abcdefghij", "LC_ALL": "C.UTF-8"}
    settings["LIUZHUAN_TICK_LATE_SECONDS"] = "0"
    for words in (("serve", "--port", str(free_port("127.0.0.1", 0))), ("worker",)):
        process = begin(*words, **settings)
        printed = "".join(lines_until(process, "LIUZHUAN_PREVIOUS_SECRET_KEY"))
        assert "crm-token" in printed
        assert "rotate" in printed
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    ended = subprocess.run(
        [*PROGRAM, "secrets", "list"], env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "crm-token" in ended.stderr


def test_a_demo_whose_database_was_lost_is_made_anew(tmp_path: Path) -> None:
    """It ended in a KeyError: what was loaded into the database before counted as loaded."""
    words = ("demo", "--port", "0", "--folder", str(tmp_path))
    for _ in range(2):
        process = begin(*words)
        assert "chen.jing" in "".join(lines_until(process, "ready"))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        for file in tmp_path.glob("liuzhuan.db*"):
            file.unlink()


def test_a_demo_with_another_company_introduces_whoever_is_there(
    capsys: pytest.CaptureFixture[str], sqlite_url: str, tmp_path: Path
) -> None:
    parts = assemble(Settings(is_demo=True, database_url=sqlite_url))
    file = tmp_path / "company.yaml"
    file.write_text("people: [{id: ada, name: Ada}]")
    with parts.begin(SYSTEM) as work:
        import_company(work, company(company_file.read(file).rows, parts.organisation))
    introduce(parts, "http://127.0.0.1:1")
    assert "… and 1 more." in capsys.readouterr().out
    parts.close()
