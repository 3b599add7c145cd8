"""The audit notices what a hand has changed in the database; it finds nothing where nobody has."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import fields
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from psycopg import Connection, connect
from sqlalchemy import make_url

from engine import jobs, process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.operating import anchors
from engine.operating.audit import audit
from engine.operating.rebuild import rebuild
from engine.people import attachments, user_tasks
from engine.store import open_database, start_rows
from engine.store.start_rows import StartRow
from engine.store.subscriptions import Subscription
from engine.store.timers import Timer
from engine.store.unit_of_work import unit_of_work
from installation.checkout import ROOT
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE, BOB, COMPANY
from tests.engine.conftest import MODELS, Clock
from tests.engine.corruptions import CORRUPTIONS, OF_START_EVENTS, STARTS, Words
from tests.engine.test_jobs import LEASE
from tests.engine.test_timers import fire_due
from tests.fixtures.databases import database as copied
from tests.fixtures.postgres_server import USER, PostgresServer

FORM = b'{"type": "default", "components": [{"type": "textfield", "key": "name", "label": "Name"}]}'
FILES = (
    "review",
    "two-steps",
    "guarded",
    "reminder",
    "payment",
    "service",
    "daily",
    "mornings",
    "letter",
    "alarmed",
    "broken-timer",
)


class Clean:
    """A database in which nobody has changed anything; `copy` makes one of its own for each corruption."""

    def __init__(self, url: str, copy: Callable[[], Iterator[str]]) -> None:
        self.copy = copy
        clock = Clock()
        clock.forward(days=-1)
        database = open_database(url, clock=clock)
        self._working = partial(unit_of_work, database, directory=COMPANY)
        self._deploy()
        self._started("broken-timer", answer=3)
        clock.forward(days=1)
        assert fire_due(self._working) == 3, "the daily one, that of mornings, and one that cannot go on"
        self.cases: Mapping[str, str] = {name: id.hex for name, id in self._cases().items()}
        with self._working(SYSTEM) as work:
            anchors.make(work)
        database.close()

    def _deploy(self) -> None:
        models = [File(f"{name}.bpmn", (MODELS / f"{name}.bpmn").read_bytes()) for name in FILES]
        once = File("once.bpmn", bpmn("start s timer=2026-11-27T01:00:00Z\nend e\ns -> e", "once"))
        with self._working(SYSTEM) as work:
            deployments.deploy(work, [*models, once, File("forms/tests/asked.form.json", FORM)], name="test")

    def _cases(self) -> dict[str, UUID]:
        with self._working(BOB) as work:
            first = process_instances.start(work, "guarded", {}).id
        ended, second = self._reviewed(), self._reviewed()
        with self._working(BOB) as work:
            task = self._open(ended)
            attachments.add(work, "offer.pdf", "application/pdf", b"An offer.", user_task_id=task)
        with self._working(BOB) as work:
            user_tasks.complete(work, task, {}, outcome="approve", comment="Fine.")
        with self._working(BOB) as work:
            user_tasks.claim(work, self._open(second))
        with self._working(BOB) as work:
            user_tasks.unclaim(work, self._open(second))
        worked, failed, retried = (self._started("service", address="x") for _ in range(3))
        with self._working(SYSTEM) as work:
            done, given_up, put_off = jobs.take_due(work, "w1", names=["http"], limit=3, lease=LEASE)
        with self._working(SYSTEM) as work:
            jobs.complete(work, done.id, {"body": "hello"})
        with self._working(SYSTEM) as work:
            jobs.fail(work, given_up.id, Sentence("It is down."), is_retryable=False)
        with self._working(SYSTEM) as work:
            jobs.fail(work, put_off.id, Sentence("It is down."))
        return {
            "first": first,
            "second": second,
            "ended": ended,
            "worked": worked,
            "failed": failed,
            "retried": retried,
            "working": self._started("service", address="x"),
            "timed": self._started("reminder"),
            "awaiting": self._started("payment", order="A1"),
        }

    def _started(self, key: str, **variables: object) -> UUID:
        with self._working(ALICE) as work:
            return process_instances.start(work, key, variables).id

    def _reviewed(self) -> UUID:
        id = self._started("review", amount=100)
        with self._working(ALICE) as work:
            user_tasks.complete(work, self._open(id), {"amount": 100})
        return id

    def _open(self, id: UUID) -> UUID:
        with self._working(SYSTEM) as work:
            page = user_tasks.list_(work, user_tasks.UserTaskFilter(process_instance_id=id))
            return page.items[0].id


@pytest.fixture(scope="module")
def clean_sqlite(sqlite_folder: Path, sqlite_template: Path) -> Clean:
    path = sqlite_folder / "clean.db"
    shutil.copyfile(sqlite_template, path)

    def copy() -> Iterator[str]:
        copied = sqlite_folder / "corrupt.db"
        shutil.copyfile(path, copied)
        yield f"sqlite:///{copied}"
        for file in sqlite_folder.glob("corrupt.db*"):
            file.unlink()

    clean = Clean(f"sqlite:///{path}", copy)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return clean


@pytest.fixture(scope="module")
def clean_postgres(postgres_server: PostgresServer, administration: Connection, postgres_template: str) -> Clean:
    administration.execute(f"CREATE DATABASE clean TEMPLATE {postgres_template}")
    return Clean(postgres_server.url("clean"), lambda: copied(postgres_server, administration, template="clean"))


@pytest.fixture(params=["sqlite", "postgresql"])
def clean(request: pytest.FixtureRequest) -> Clean:
    found: Clean = request.getfixturevalue("clean_sqlite" if request.param == "sqlite" else "clean_postgres")
    return found


@pytest.fixture
def url(clean: Clean) -> Iterator[str]:
    yield from clean.copy()


def execute(url: str, script: str, server: PostgresServer) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.executescript(script)
        return
    with connect(f"host={server.folder} user={USER} dbname={make_url(url).database}", autocommit=True) as connection:
        connection.execute(script.encode())


def found(url: str) -> set[str]:
    database = open_database(url, clock=Clock())
    findings = audit(database, COMPANY)
    database.close()
    return {finding.invariant for finding in findings}


def test_nothing_is_found_where_nobody_has_changed_anything(url: str) -> None:
    assert found(url) == set()


@pytest.fixture
def corrupt(clean: Clean, url: str, postgres_server: PostgresServer) -> Callable[[str], str]:
    """Changes the database by hand as the table says; answers the invariant that is broken then."""

    def corrupted(name: str) -> str:
        invariant, made = CORRUPTIONS[name]
        script = made if isinstance(made, str) else made(Words(is_postgresql=not url.startswith("sqlite")))
        execute(url, script.format(**clean.cases), postgres_server)
        return invariant

    return corrupted


@pytest.mark.parametrize("name", [name for name in CORRUPTIONS if name not in OF_START_EVENTS])
def test_a_corruption_is_noticed(url: str, name: str, corrupt: Callable[[str], str]) -> None:
    assert corrupt(name) in found(url)


def starts(url: str) -> list[tuple[object, ...]]:
    """What waits to start processes, but for ids."""
    database = open_database(url, clock=Clock())
    with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        rows: tuple[StartRow, ...] = (*start_rows.all_(work, Subscription), *start_rows.all_(work, Timer))
    database.close()
    return sorted((tuple(getattr(row, each.name) for each in fields(row) if each.name != "id") for row in rows), key=repr)


@pytest.mark.parametrize("name", OF_START_EVENTS)
def test_start_events_are_missed_and_put_back_as_they_were(url: str, name: str, corrupt: Callable[[str], str]) -> None:
    before = starts(url)
    assert len(before) == len(STARTS)
    assert corrupt(name) in found(url)
    database = open_database(url, clock=Clock())
    assert rebuild(database, COMPANY) > 0
    assert rebuild(database, COMPANY) == 0
    assert fire_due(partial(unit_of_work, database, directory=COMPANY)) == 0
    database.close()
    assert starts(url) == before
    assert found(url) == set()


def test_the_document_says_how_many_there_are() -> None:
    assert f": {len(CORRUPTIONS)} such changes are tested" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
