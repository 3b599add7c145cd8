"""A database that goes away is told by all of a process together: once, then ever more seldom, and once when it is back."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.facts.ids import new_id
from engine.facts.pace import FIRST, LONGEST, Pace
from engine.store import Database, inbound_events, open_database
from engine.store.outage import Outage
from engine.store.unit_of_work import unit_of_work
from service.app import application, assemble
from service.background.loop import Loop, Runner
from service.background.schedule import loops
from service.commands.serving import free_port
from service.identity.refusals import TooManyAttempts
from service.identity.snapshot import NOBODY
from service.parts import Parts
from service.settings import Settings

OUTAGE = "engine.store.outage"
PASSWORD = "sesame-0815"


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def unreachable() -> Iterator[Parts]:
    url = f"postgresql://liuzhuan:{PASSWORD}@127.0.0.1:{free_port('127.0.0.1', 0)}/liuzhuan"
    parts = assemble(Settings(is_demo=True, database_url=url))
    yield parts
    parts.close()


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.INFO]


def met(times: int, trouble: Pace, seconds: Seconds, every: float = 1.0) -> list[float]:
    """When it was told."""
    told = []
    for _ in range(times):
        if trouble.times():
            told.append(seconds.now)
        seconds.now += every
    return told


def test_what_lasts_is_told_ever_more_seldom(seconds: Seconds) -> None:
    told = met(3 * 3600, Pace(seconds), seconds)
    pauses = [later - earlier for earlier, later in itertools.pairwise(told)]
    assert told[0] == 0
    assert pauses[0] == FIRST
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST
    assert len(told) < 20


def test_what_comes_again_after_a_while_is_told_at_once(seconds: Seconds) -> None:
    pace = Pace(seconds)
    assert pace.times() == 1
    seconds.now = FIRST + 1
    assert pace.times() == 1


def test_those_that_were_not_told_are_counted(seconds: Seconds) -> None:
    pace = Pace(seconds)
    for second in range(int(FIRST)):
        seconds.now = float(second)
        pace.times()
    seconds.now = FIRST
    assert pace.times() == FIRST


def test_all_loops_of_a_worker_tell_it_once(unreachable: Parts, caplog: pytest.LogCaptureFixture) -> None:
    """Each of them looked each second, and said so."""
    runners = [Runner(unreachable, loop) for loop in loops(unreachable.settings)]
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            for runner in runners:
                runner.tick()
    (line,) = lines(caplog)
    assert line.name == OUTAGE
    told = vars(line)
    assert told["database"] == unreachable.settings.database_url.replace(f":{PASSWORD}@", "@")
    assert "refused" in told["why"]
    assert "LIUZHUAN_DATABASE_URL" in told["now"]
    assert PASSWORD not in str(told)


def test_requests_tell_it_once_and_readiness_says_so(unreachable: Parts, caplog: pytest.LogCaptureFixture) -> None:
    client = application(unreachable).test_client()
    with caplog.at_level(logging.INFO):
        for address in ("/readyz", "/api/v1/user-tasks", "/api/v1/decisions", "/readyz"):
            answer = client.get(address, headers={"Authorization": "Bearer lz_nothing"})
            assert answer.status_code == 503, address
    assert client.get("/readyz").get_json()["code"] == "database_unavailable"
    assert [line.name for line in lines(caplog)] == [OUTAGE]


def test_it_is_told_again_and_when_it_is_back(caplog: pytest.LogCaptureFixture, seconds: Seconds, sqlite_url: str) -> None:
    """The file of the database is away for five minutes, and somebody looks each second."""
    database = open_database(sqlite_url)
    database.outage = Outage(database.url, seconds)
    file = Path(str(database.url.database))
    away = file.rename(file.with_suffix(".away"))
    with caplog.at_level(logging.INFO):
        for _ in range(300):
            with pytest.raises(Unavailable):
                use(database)
            seconds.now += 1
        away.rename(file)
        use(database)
        use(database)
    assert [vars(line).get("for_seconds") for line in lines(caplog)] == [0, 30, 90, 210, None]
    assert vars(lines(caplog)[-1])["after_seconds"] == 300
    database.close()


def test_a_server_that_restarts_is_back_for_who_asks_next(
    administration: psycopg.Connection, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = open_database(postgres_url)
    use(database)
    administration.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (database.url.database,))
    with caplog.at_level(logging.INFO):
        with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=NOBODY) as work:
            work.rows(text("select 1"))
        assert is_on(database)
        use(database)
    assert not is_on(database)
    assert [line.levelname for line in lines(caplog)] == ["WARNING", "WARNING"]
    database.close()


def test_a_disk_that_is_full_is_not_over_because_something_is_read(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    database = open_database(sqlite_url)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            with pytest.raises(Unavailable):
                fill(database, pages=1)
            use(database)
        assert is_on(database)
        assert len(lines(caplog)) == 1
        fill(database, pages=1_000_000)
    assert not is_on(database)
    assert len(lines(caplog)) == 2
    database.close()


def test_one_that_comes_and_goes_is_told_no_more_often(
    sqlite_url: str, caplog: pytest.LogCaptureFixture, seconds: Seconds
) -> None:
    database = open_database(sqlite_url)
    database.outage = Outage(database.url, seconds)
    with caplog.at_level(logging.INFO):
        for _ in range(25):
            with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=NOBODY):
                raise Unavailable(what="The database")
            use(database)
            seconds.now += 1
    assert len(lines(caplog)) == 2
    database.close()


def test_who_tries_too_often_is_no_outage(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(TooManyAttempts), unit_of_work(database, SYSTEM, directory=NOBODY):
        raise TooManyAttempts(seconds=1)
    assert not is_on(database)
    database.close()


def test_a_loop_that_fails_each_time_says_so_once(unreachable: Parts, caplog: pytest.LogCaptureFixture) -> None:
    def fails(_: Parts) -> int:
        raise ZeroDivisionError("by nothing")

    runner = Runner(unreachable, Loop("tests", fails, 1))
    with caplog.at_level(logging.INFO):
        for _ in range(20):
            runner.tick()
    (line,) = lines(caplog)
    assert line.exc_info


def fill(database: Database, pages: int) -> None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        work.connection.exec_driver_sql(f"pragma max_page_count = {pages}")
        for _ in range(200):
            inbound_events.is_new(work, str(new_id(work.now)) * 10)


def is_on(database: Database) -> bool:
    return database.outage.is_on


def use(database: Database) -> None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        work.look_at_tables()
