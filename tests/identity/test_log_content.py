"""The log tells that the database refused something and where, never the values it was about."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, literal_column, select, text
from sqlalchemy.exc import SQLAlchemyError

from engine.facts.actor import SYSTEM
from engine.facts.errors import Refusal
from engine.facts.ids import new_id
from engine.store import Database, open_database
from engine.store.prepared import Prepared
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.app import create_app
from service.log_lines import JsonLines, write_json_lines
from service.settings import Settings
from service.store.organisation import person
from service.store.webhook_endpoints import webhook_endpoint
from tests.engine.company import COMPANY

MARK = "qian.feng-4711"
NOW = datetime(2026, 11, 30, tzinfo=UTC)
ENDPOINT: dict[str, Any] = {
    **dict.fromkeys(("style", "effect"), "x"),
    **dict.fromkeys(("name", "target", "variables", "business_key", "correlation_key", "event_id", "created_by"), MARK),
    **{"is_enabled": True, "created_at": NOW, "secret": MARK.encode(), "refused_count": 0},
}


def _twice(work: UnitOfWork) -> None:
    for _ in range(2):
        work.write(insert(webhook_endpoint), ENDPOINT | {"id": new_id(NOW)})


def _null(work: UnitOfWork) -> None:
    work.write(insert(webhook_endpoint), ENDPOINT | {"id": new_id(NOW), "target": None})


def _of_another_type(work: UnitOfWork) -> None:
    """The value does not even reach the database."""
    work.write(insert(webhook_endpoint), ENDPOINT | {"created_at": MARK, "id": MARK})


def _in_the_statement(work: UnitOfWork) -> None:
    work.rows(select(literal_column(f"'{MARK}' || missing_column")))


def _as_text(work: UnitOfWork) -> None:
    place = "%(mark)s" if work.database.is_postgresql else ":mark"
    work.write_text(f"insert into person (id, name) values ({place}, {place})", {"mark": MARK})


def _without_its_other_row(work: UnitOfWork) -> None:
    columns = "id_hash, person_id, csrf_secret, created_at, seen_at, expires_at"
    work.write(text(f"insert into session ({columns}) values ('x', :m, 'x', :n, :n, :n)"), {"m": MARK, "n": NOW.isoformat()})


def _not_a_number(work: UnitOfWork) -> None:
    work.rows(text("select cast(cast(:mark as text) as integer), nothing_like_this(:mark)"), {"mark": MARK})


def _said_by_a_check(work: UnitOfWork) -> None:
    work.write(text("create temporary table checked (value text check (length(value) < 3))"))
    work.write(text("insert into checked values (:mark)"), {"mark": MARK})


def _cast(work: UnitOfWork) -> None:
    work.rows(text("select cast(cast(:mark as text) as uuid)"), {"mark": MARK})


def _raised_by_a_function(work: UnitOfWork) -> None:
    work.rows(text(f"do $$ begin raise exception 'no {MARK}' using detail = '{MARK}', hint = '{MARK}'; end $$"))


def _prepared(work: UnitOfWork) -> None:
    Prepared("select $1::text::uuid", ("text",)).first(work.connection, (MARK,))


def _too_long(work: UnitOfWork) -> None:
    work.rows(text("select cast(repeat(:mark, 90000) as tsvector)"), {"mark": f" {MARK}"})


EVERYWHERE = (
    _twice,
    _null,
    _of_another_type,
    _in_the_statement,
    _as_text,
    _without_its_other_row,
    _not_a_number,
    _said_by_a_check,
)
ON_POSTGRESQL = (_cast, _raised_by_a_function, _prepared, _too_long)
Faulty = Callable[[UnitOfWork], None]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = open_database(database_url)
    yield found
    found.close()


@pytest.fixture
def fault(database: Database, faulty: Faulty) -> BaseException:
    """As it leaves the unit of work."""
    if faulty in ON_POSTGRESQL and not database.is_postgresql:
        pytest.skip("a fault that only PostgreSQL has")
    with (
        pytest.raises((SQLAlchemyError, psycopg.Error, Refusal)) as caught,
        unit_of_work(database, SYSTEM, directory=COMPANY) as work,
    ):
        faulty(work)
    return caught.value


def lines(fault: BaseException) -> Iterator[str]:
    """Every way in which an exception reaches a line."""
    ways: tuple[dict[str, Any], ...] = (
        {"msg": "failed", "exc_info": (type(fault), fault, fault.__traceback__)},
        {"msg": "failed: %s, %r", "args": (fault, "x")},
        {"msg": fault},
        {"msg": "failed", "why": fault},
    )
    return (JsonLines().format(logging.makeLogRecord({"name": "x", "levelname": "ERROR", **way})) for way in ways)


@pytest.mark.parametrize("faulty", [*EVERYWHERE, *ON_POSTGRESQL])
def test_a_fault_of_the_database_is_logged_without_values(fault: BaseException) -> None:
    for written in lines(fault):
        assert MARK not in written
        assert "[SQL:" not in written


@pytest.mark.parametrize("faulty", [*EVERYWHERE, *ON_POSTGRESQL])
def test_the_stack_says_what_kind_of_fault_and_where(fault: BaseException, faulty: Faulty) -> None:
    stack = json.loads(next(lines(fault)))["stack"]
    assert f"in {faulty.__name__}" in stack
    assert "SQLSTATE " in stack or "SQLITE_" in stack or "Error" in stack


@pytest.mark.parametrize("faulty", [_twice])
def test_a_violated_rule_is_named(fault: BaseException, database: Database) -> None:
    stack = json.loads(next(lines(fault)))["stack"]
    if database.is_postgresql:
        assert MARK in str(fault.__cause__ or fault), "PostgreSQL quotes what was written: else this file tests nothing"
        assert "SQLSTATE 23505" in stack and "constraint_name webhook_endpoint_name_key" in stack
    else:
        assert "SQLITE_CONSTRAINT_UNIQUE" in stack


def test_every_other_exception_says_what_it_said() -> None:
    def failing() -> None:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("boom") from error

    with pytest.raises(ValueError) as caught:
        failing()
    stack = json.loads(next(lines(caught.value)))["stack"]
    assert stack.index("KeyError: 'first'") < stack.index("direct cause") < stack.index("ValueError: boom")


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    hooks, handlers, level = (sys.excepthook, threading.excepthook), logging.root.handlers[:], logging.root.level
    yield
    sys.excepthook, threading.excepthook = hooks
    logging.root.handlers[:], logging.root.level = handlers, level
    logging.captureWarnings(False)


def test_not_even_debug_tells_what_is_written_and_read(
    database: Database, logging_as_it_was: None, capsys: pytest.CaptureFixture[str]
) -> None:
    write_json_lines("DEBUG")
    logged = open_database(database.url.render_as_string(hide_password=False))
    with unit_of_work(logged, SYSTEM, directory=COMPANY) as work:
        work.write(insert(webhook_endpoint), ENDPOINT | {"id": new_id(NOW)})
        assert work.rows(select(webhook_endpoint.c.name, person.c.id).outerjoin(person, person.c.id == MARK))
    logged.close()
    assert MARK not in capsys.readouterr().err


def test_under_another_server_the_log_is_ours_too(database: Database, logging_as_it_was: None) -> None:
    """Which would write the stacks of Python otherwise."""
    logging.root.handlers[:] = []
    create_app(Settings(is_demo=True, database_url=database.url.render_as_string(hide_password=False)))
    assert [type(handler.formatter) for handler in logging.root.handlers] == [JsonLines]


def test_a_log_that_somebody_has_set_up_is_left_alone(database: Database, logging_as_it_was: None) -> None:
    logging.root.handlers[:] = [logging.NullHandler()]
    create_app(Settings(is_demo=True, database_url=database.url.render_as_string(hide_password=False)))
    assert [type(handler) for handler in logging.root.handlers] == [logging.NullHandler]


def test_what_a_thread_does_not_catch_is_logged_without_values(
    database: Database, logging_as_it_was: None, capsys: pytest.CaptureFixture[str]
) -> None:
    write_json_lines("INFO")

    def working() -> None:
        with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
            _twice(work)

    thread = threading.Thread(target=working)
    thread.start()
    thread.join()
    written = capsys.readouterr().err
    assert MARK not in written
    assert json.loads(written)["message"] == "nothing has caught this"
