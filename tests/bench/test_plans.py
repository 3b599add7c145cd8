"""No list reads a whole table: every statement that a list sends is explained, on PostgreSQL with what it really read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from bench.lists.asking import questions
from bench.lists.company import ASKERS
from bench.lists.facts import facts
from bench.lists.measuring import Person
from engine.process_instances import MAX_COUNT
from engine.store.prepared import Prepared
from service.app import application
from service.parts import Parts
from tests.bench.conftest import FINISHED

#: Tables that grow with what is done.
GROWING = frozenset(
    {"process_instance", "user_task", "history", "job", "incident", "notification", "webhook_delivery", "attachment"}
)
#: So many rows of one table a list may read for a page: what is open, or what one person has done, or as many as a look through
#: the newest takes; not what everybody has done.
MOST = FINISHED * 3 // 4


@dataclass(frozen=True)
class Sent:
    """A statement as it was sent; `values` by name, or in their order."""

    text: str
    values: Any
    is_numbered: bool

    def explained(self, connection: psycopg.Connection[Any]) -> Mapping[str, Any]:
        """The plan, carried out."""
        kind = psycopg.RawCursor if self.is_numbered else psycopg.Cursor
        found = kind(connection).execute(f"explain (analyze, format json) {self.text}", self.values).fetchone()
        plan: Mapping[str, Any] = found[0][0]["Plan"] if found else {}
        return plan


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """Every SELECT from here on, on PostgreSQL."""
    found: list[Sent] = []
    execute, send = psycopg.Cursor.execute, Prepared.send

    def executed(cursor: Any, query: Any, values: Any = None, **more: Any) -> Any:
        if str(query).lstrip().lower().startswith("select"):
            found.append(Sent(str(query), values, is_numbered=False))
        return execute(cursor, query, values, **more)

    def sent_prepared(statement: Prepared, connection: Any, values: Any) -> Any:
        listed = list(values)
        found.append(Sent(statement.text, listed, is_numbered=True))
        return send(statement, connection, listed)

    monkeypatch.setattr(psycopg.Cursor, "execute", executed)
    monkeypatch.setattr(Prepared, "send", sent_prepared)
    return found


def _read(plan: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Tables and how many of their rows were looked at, shown or not."""
    if table := plan.get("Relation Name"):
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        yield table, round(rows * plan["Actual Loops"])
    for part in plan.get("Plans", ()):
        yield from _read(part)


@pytest.mark.parametrize("asker", ASKERS)
def test_no_list_reads_what_everybody_has_done(asker: Any, many: Parts, sent: list[Sent]) -> None:
    person, known = Person(application(many), asker), facts(many)
    asked: dict[str, tuple[str, Sent]] = {}
    for question in questions(known, asker):
        for address in person.addresses(question):
            sent.clear()
            person.ask(address)
            if not question.is_search:
                asked |= {f"{each.text} {each.values}": (address, each) for each in sent}
    wrong = []
    with psycopg.connect(many.settings.database_url.replace("+psycopg", ""), autocommit=True) as connection:
        for address, statement in list(asked.values()):
            for table, rows in _read(statement.explained(connection)):
                if table in GROWING and rows > MOST:
                    wrong.append(f"{address} reads {rows} rows of {table}: {statement.text}")
    assert not wrong, "\n".join(wrong)


def test_no_list_scans_a_table_on_sqlite(few: Parts) -> None:
    """Nothing is known there of how many rows there are: each table is entered by an index, or by the order of one. A count stops
    at its thousandth row."""
    found: dict[str, tuple[str, Any]] = {}
    known, address = facts(few), ""

    def keep(connection: Any, cursor: Any, text: str, values: Any, *more: Any) -> None:
        if text.lstrip().lower().startswith("select") and f"LIMIT {MAX_COUNT}" not in text:
            found.setdefault(text, (address, values))

    engine = few.database.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        for asker in ASKERS:
            person = Person(application(few), asker)
            for question in questions(known, asker):
                address = question.address
                if not question.is_search:
                    person.ask(address)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    wrong = []
    with engine.connect() as connection:
        for text, (asked, values) in list(found.items()):
            for step in connection.exec_driver_sql(f"explain query plan {text}", values):
                words = step.detail.split()
                if words[0] == "SCAN" and words[1] in GROWING and "INDEX" not in words:
                    wrong.append(f"{asked} scans {words[1]}: {text}")
    assert not wrong, "\n".join(wrong)
