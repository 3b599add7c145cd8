"""What the statements of the hot path send to PostgreSQL and read from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Connection

from engine.facts.errors import ValueNotKept
from engine.store import open_database, prepared
from engine.store.faults import refusal_of
from engine.store.prepared import Prepared

VALUES = {
    "uuid": UUID("0190f3a0-0000-7000-8000-00000000abcd"),
    "bytea": b"\0\1\xff",
    "text": "流转 'quoted' \\ \n",
    "int": -2_000_000_000,
    "timestamptz": datetime(2026, 11, 21, 8, 30, 0, 123456, UTC),
    "jsonb": {"a": [1, None, "é"], "b": {"c": 1.5}},
}


@pytest.fixture
def connection(postgres_url: str) -> Iterator[Connection]:
    database = open_database(postgres_url)
    with database.engine.connect() as connection:
        yield connection
    database.close()


@pytest.mark.parametrize("type", VALUES)
def test_values_come_back_as_they_were_sent(connection: Connection, type: str) -> None:
    echo = Prepared(f"select $1::{type}, null::{type}", [type])
    assert echo.first(connection, [VALUES[type]]) == [VALUES[type], None]
    assert echo.first(connection, [None]) == [None, None]


def test_an_id_is_read_as_the_library_makes_it(connection: Connection) -> None:
    sent = UUID("0190f3a0-0000-7000-8000-00000000abcd")
    (read,) = Prepared("select $1::uuid", ["uuid"]).first(connection, [sent]) or []
    assert (type(read), read, hash(read), str(read), read.is_safe) == (UUID, sent, hash(sent), str(sent), sent.is_safe)


def test_lists_are_sent_as_arrays(connection: Connection) -> None:
    id = VALUES["uuid"]
    ask = Prepared("select 7 = any($1::int[]), $2::uuid = any($3::uuid[])", ["int[]", "uuid", "uuid[]"])
    assert ask.first(connection, [[5, 7], id, [id]]) == [True, True]
    assert ask.first(connection, [[], id, []]) == [False, False]
    awkward = ["a,b", 'c"d', "e\\f", "", "null", "流转 {}"]
    same = Prepared("select $1::text[] = array(select jsonb_array_elements_text($2::jsonb))", ["text[]", "jsonb"])
    assert same.first(connection, [awkward, awkward]) == [True]


def test_a_statement_without_a_row_answers_none(connection: Connection) -> None:
    assert Prepared("select 1 where $1::int = 2", ["int"]).first(connection, [1]) is None


@pytest.mark.parametrize(("type", "value"), [("text", "a\0b"), ("jsonb", {"a": ["\0"]})])
def test_the_character_nul_is_refused(connection: Connection, type: str, value: Any) -> None:
    with pytest.raises((psycopg.DataError, ValueNotKept)) as fault:
        Prepared(f"select $1::{type}", [type]).first(connection, [value])
    assert "NUL" in str(refusal_of(fault.value) or fault.value)


def test_a_connection_keeps_so_many_statements_and_sends_the_others_as_they_are(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "MAX_PREPARED", 3)
    for number in (*range(6), *range(6)):
        assert Prepared(f"select $1::int + {number}", ["int"]).first(connection, [1]) == [1 + number]
    kept = connection.exec_driver_sql("select count(*) from pg_prepared_statements where name like 'lz%%'").scalar_one()
    assert kept == 3


def test_what_postgresql_refuses_is_an_error_of_the_driver(connection: Connection) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        Prepared("select 1 / $1::int", ["int"]).first(connection, [0])
    with pytest.raises(psycopg.errors.UndefinedTable):
        Prepared("select 1 from nowhere", []).first(connection, [])
