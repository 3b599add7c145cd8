"""What the database says is sorted by what it means: away, a lost race, or a value that it cannot keep - never all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import Error, OperationalError, errors
from sqlalchemy import Table, bindparam, insert, text

from engine.facts.actor import SYSTEM
from engine.facts.errors import LostRace, Refusal, TookTooLong, Unavailable, ValueNotKept
from engine.facts.ids import new_id
from engine.store import Database, inbound_events, open_database, outbox
from engine.store.faults import refusal_of
from engine.store.inbound_events import inbound_event
from engine.store.poolers import STATEMENT_SECONDS
from engine.store.unit_of_work import unit_of_work
from tests.engine.company import COMPANY
from tests.engine.conftest import Working

#: OperationalErrors of PostgreSQL that cannot happen here: no triggers, no foreign data, no savepoints, no routines that fail.
NOT_OURS = ("27", "2F", "38", "39", "3B", "HV")
SQLSTATES = {code: kind for code, kind in errors._sqlcodes.items() if (len(code) == 5 and code.isupper()) or code.isdigit()}


def test_every_operational_error_of_postgresql_is_sorted() -> None:
    """They used to be one: the database is away."""
    known = {code: kind() for code, kind in SQLSTATES.items() if issubclass(kind, OperationalError)}
    assert len(known) > 50
    unsorted = [code for code, fault in known.items() if refusal_of(fault) is None]
    assert [code for code in unsorted if not code.startswith(NOT_OURS)] == []


@pytest.mark.parametrize(
    ("code", "meaning"),
    {
        **dict.fromkeys(("08006", "53100", "53300", "57P01", "57P03", "25006", "42P01", "26000", "58030"), Unavailable),
        **dict.fromkeys(("3F000", "42501", "55000", "40003", "XX001", "XX002"), Unavailable),
        **dict.fromkeys(("40001", "40P01", "23505", "55P03"), LostRace),
        **dict.fromkeys(("57014", "25P04"), TookTooLong),
        **dict.fromkeys(("22001", "22003", "22021", "22P05", "54000"), ValueNotKept),
        **dict.fromkeys(("42601", "23502", "25P02", "XX000"), type(None)),
    }.items(),
)
def test_sqlstates_mean(code: str, meaning: type[Refusal]) -> None:
    assert type(refusal_of(fault_of(code))) is meaning


#: Each is said of these alone. Of all others of the nearly 300 nobody else was at the same rows, or took too long.
SAID_OF: dict[type[Refusal], set[str]] = {
    LostRace: {"40000", "40001", "40002", "40P01", "23503", "23505", "55006", "55P03"},
    TookTooLong: {"57014", "25P04"},
}


@pytest.mark.parametrize("kind", SAID_OF, ids=lambda kind: kind.__name__)
def test_a_sentence_is_said_only_of_what_it_is_true_of(kind: type[Refusal]) -> None:
    """Who had waited for a minute was told that others were at the same data."""
    assert len(SQLSTATES) > 200
    assert {code for code in {*SQLSTATES, "25P04"} if type(refusal_of(fault_of(code))) is kind} == SAID_OF[kind]


def test_what_took_too_long_says_which_limit_and_what_now() -> None:
    sentence = str(refusal_of(fault_of("57014")))
    for word in (
        "statement_timeout",
        f"{STATEMENT_SECONDS:.0f} s",
        "LIUZHUAN_DATABASE_URL",
        "Nothing was changed",
        "Ask for less",
    ):
        assert word in sentence


def fault_of(code: str) -> Error:
    """As the server raises it; 25P04 is newer than the list of psycopg."""
    if code in SQLSTATES:
        return errors.lookup(code)()
    fault = OperationalError()
    fault.sqlstate = code
    return fault


#: What cannot be kept in the table inbound_event, or asked of it, on either database.
WRONG: dict[str, Any] = {"a lone surrogate": "\ud800"}
WRONG_ON_POSTGRESQL = {"NUL": "a\0b", "too long": "x" * 401}


@pytest.mark.parametrize("name", WRONG)
def test_a_value_that_no_database_keeps(working: Working, name: str) -> None:
    for ask in (inbound_events.is_new, inbound_events.find):
        with pytest.raises(ValueNotKept), working(SYSTEM) as work:
            ask(work, WRONG[name])


def test_a_number_beyond_every_column(working: Working) -> None:
    with pytest.raises(ValueNotKept), working(SYSTEM) as work:
        work.first(outbox._DUE.with_only_columns(outbox.outbox.c.id).where(outbox.outbox.c.attempts == 2**80), {"now": work.now})


@pytest.fixture
def on_postgresql(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url)
    yield database
    database.close()


@pytest.mark.parametrize("name", WRONG_ON_POSTGRESQL)
def test_a_value_that_postgresql_does_not_keep(on_postgresql: Database, name: str) -> None:
    with pytest.raises(ValueNotKept), unit_of_work(on_postgresql, SYSTEM, directory=COMPANY) as work:
        inbound_events.is_new(work, WRONG_ON_POSTGRESQL[name])


def test_a_statement_that_takes_too_long_says_nothing_of_the_database(on_postgresql: Database) -> None:
    with pytest.raises(TookTooLong), unit_of_work(on_postgresql, SYSTEM, directory=COMPANY) as work:
        work.begin()
        work.first(text("select set_config('statement_timeout', '1', true)"))
        work.rows(text("select pg_sleep(5)"))


def test_two_rows_with_one_key(working: Working) -> None:
    def add(table: Table) -> None:
        with working(SYSTEM) as work:
            work.write(insert(table).values(id=bindparam("event"), at=work.now), {"event": "e"})

    add(inbound_event)
    with pytest.raises(LostRace):
        add(inbound_event)


def test_a_server_that_is_not_there() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        inbound_events.find(work, "e")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all" * 100)
    database = open_database(f"sqlite:///{tmp_path}/x.db")
    with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        inbound_events.find(work, "e")


def test_tables_of_another_release(tmp_path: Path, empty_postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path}/empty.db", empty_postgres_url):
        database = open_database(url)
        with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            inbound_events.find(work, "e")
        database.close()


def test_a_full_sqlite_file_and_one_that_somebody_writes(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    other = open_database(sqlite_url)
    other.write_lock = None
    with pytest.raises(Unavailable), unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        work.connection.exec_driver_sql("pragma max_page_count = 1")
        for _ in range(1000):
            inbound_events.is_new(work, str(new_id(work.now)) * 10)
    with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        work.begin()
        with pytest.raises(LostRace), unit_of_work(other, SYSTEM, directory=COMPANY) as second:
            second.connection.exec_driver_sql("pragma busy_timeout = 1")
            second.begin()
    database.close()
    other.close()


def test_no_value_is_shown_with_a_fault(working: Working) -> None:
    """A fault of the database goes to the log, and its parameters would go along."""
    with pytest.raises(Exception, match="hidden") as fault, working(SYSTEM) as work:
        work.rows(text("select nothing from inbound_event where id = :id and 1 +"), {"id": "salary 5000"})
    assert "5000" not in str(fault.value)
