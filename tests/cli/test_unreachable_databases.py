"""Every command with a database that cannot be reached ends in a sentence, with exit code 1 and no stack."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from service.cli import main
from service.commands.serving import free_port
from tests.cli.conftest import Run
from tests.cli.test_help import commands

ROOT = Path(__file__).parents[2]
ID = "01900000-0000-7000-8000-000000000001"
PASSWORD = "a long password of nobody"

#: Commands that use the database → the words after them.
WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("deploy",): (str(ROOT / "processes"),),
    ("migrate",): (),
    ("user", "import"): ("company.yaml",),
    ("user", "hand-over"): ("alice", "bob"),
    ("user", "create"): ("alice", "--name", "Alice", "--password-stdin"),
    ("user", "password"): ("alice", "--password-stdin"),
    ("user", "token"): ("alice", "--name", "tests"),
    ("audit",): (),
    ("anchors", "make"): (),
    ("anchors", "export"): ("-",),
    ("anchors", "verify"): ("company.yaml",),
    ("given-up",): (),
    ("rebuild",): (),
    ("secrets", "set"): ("NAME",),
    ("secrets", "list"): (),
    ("secrets", "delete"): ("NAME",),
    ("secrets", "rotate"): (),
    ("replay",): (ID,),
}
WITHOUT = {("check",), ("test",), ("feel",), ("decide",), ("element-templates",), ("anchors", "key")}
#: They wait until the database is there.
WAITING = {("serve",), ("worker",)}
#: Has a database of its own, in a folder.
WITH_A_FOLDER = {("demo",)}

Url = Callable[[Path], str]


def _file(tmp_path: Path) -> Path:
    file = tmp_path / "file"
    file.write_text("This is no database, and long enough to be taken for one. " * 100)
    return file


#: How it cannot be reached → its address, and a word of the reason.
DATABASES: dict[str, Url] = {
    "nobody listens": lambda _: f"postgresql://liuzhuan@127.0.0.1:{free_port('127.0.0.1', 0)}/liuzhuan",
    "no such host": lambda _: "postgresql://liuzhuan@nowhere.invalid/liuzhuan",
    "no folder": lambda path: f"sqlite:///{_file(path)}/liuzhuan.db",
    "a folder": lambda path: f"sqlite:///{path}",
    "no database": lambda path: f"sqlite:///{_file(path)}",
}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIUZHUAN_SECRET_KEY", "tests only: 0123456789 abcdefghij")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "company.yaml").write_text("people: [{id: alice, name: Alice}]\n")


def test_every_command_is_tried_or_needs_no_database() -> None:
    assert set(commands(main)) == {*WORDS, *WITHOUT, *WAITING, *WITH_A_FOLDER}


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("command", WORDS, ids=" ".join)
def test_a_command_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...], kind: str) -> None:
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", DATABASES[kind](tmp_path))
    words = [*command, *WORDS[command]]
    ended = CliRunner().invoke(main, words, input=f"{PASSWORD}\n", catch_exceptions=False)
    assert ended.exit_code == 1
    assert "database" in ended.stderr
    assert "Traceback" not in ended.output
    assert "sqlalche.me" not in ended.output


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("nobody listens", "Connection refused"),
        ("no such host", "nowhere.invalid"),
        ("a folder", "unable to open database file"),
        ("no database", "not a database"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "audit"])
def test_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, kind: str, why: str) -> None:
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", DATABASES[kind](tmp_path))
    assert why in CliRunner().invoke(main, [command], catch_exceptions=False).stderr


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("command", ["migrate", "audit"])
def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://liuzhuan@127.0.0.1:{silent.getsockname()[1]}/liuzhuan?connect_timeout=2"
        monkeypatch.setenv("LIUZHUAN_DATABASE_URL", address)
        began = time.monotonic()
        ended = CliRunner().invoke(main, [command], catch_exceptions=False)
    assert time.monotonic() - began < 10
    assert ended.exit_code == 1
    assert "timeout" in ended.stderr


def test_who_may_make_no_tables_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, empty_postgres_url: str, administration: psycopg.Connection
) -> None:
    with psycopg.connect(empty_postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("create role reader login")
        connection.execute("revoke create on schema public from public")
    monkeypatch.setenv("LIUZHUAN_DATABASE_URL", _as(empty_postgres_url, "reader"))
    ended = run("migrate")
    administration.execute("drop role reader")
    assert ended.exit_code == 1
    assert "permission denied" in ended.stderr
    assert "Nothing was changed" in ended.stderr


def _as(url: str, user: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{user}@{rest.partition('@')[2]}"


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("folder", ["company.yaml", "company.yaml/demo", "/proc/liuzhuan"])
def test_a_demo_without_a_place_for_its_data_says_so(folder: str) -> None:
    ended = CliRunner().invoke(main, ["demo", "--folder", folder, "--port", "0"], catch_exceptions=False)
    assert ended.exit_code == 1
    assert folder in ended.stderr


@pytest.mark.usefixtures("without")
def test_a_demo_whose_database_is_none_says_so(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "liuzhuan.db").mkdir()
    ended = CliRunner().invoke(main, ["demo", "--folder", "demo", "--port", "0"], catch_exceptions=False)
    assert ended.exit_code == 1
    assert "unable to open database file" in ended.stderr
