"""Nothing that is done again and again reads a whole table: every statement of lists and of workers is explained.

PostgreSQL tells what it really read; SQLite, which knows nothing of how many rows there are, how it would enter each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from bench.lists.asking import questions
from bench.lists.company import ASKERS
from bench.lists.facts import facts
from bench.lists.measuring import Person
from engine.facts.actor import SYSTEM
from engine.operating import housekeeping
from engine.process_instances import MAX_COUNT
from engine.store import jobs, messages, outbox, timers
from engine.store.prepared import Prepared
from engine.store.unit_of_work import UnitOfWork
from service.app import application
from service.parts import Parts
from service.store import api_tokens, idempotency_keys, mails, notifications, sessions, sign_in_attempts, webhook_deliveries

#: Tables that grow with what is done.
GROWING = frozenset(
    {"process_instance", "user_task", "history", "job", "incident", "notification", "webhook_delivery", "attachment"}
)
#: Which part of such a table may be read for a page: what is open, what one person has done, a look through the newest.
MOST = 0.75
#: Tables with fewer rows are read as a whole by right.
SMALL = 1_000


@dataclass(frozen=True)
class Sent:
    """A statement as it was sent; `values` by name, or in their order."""

    text: str
    values: Any
    is_numbered: bool

    def read(self, connection: psycopg.Connection[Any]) -> Iterator[tuple[str, int]]:
        """Tables and how many of their rows are looked at, used or not, when it is carried out. Nothing of it is kept."""
        kind = psycopg.RawCursor if self.is_numbered else psycopg.Cursor
        found = kind(connection).execute(f"explain (analyze, format json) {self.text}", self.values).fetchone()
        connection.rollback()
        return _read(found[0][0]["Plan"] if found else {})


def _read(plan: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    if table := plan.get("Relation Name"):
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        yield table, round(rows * plan["Actual Loops"])
    for part in plan.get("Plans", ()):
        yield from _read(part)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """Every statement that reads or changes rows from here on, on PostgreSQL."""
    found: list[Sent] = []
    execute, send = psycopg.Cursor.execute, Prepared.send

    def executed(cursor: Any, query: Any, values: Any = None, **more: Any) -> Any:
        if str(query).lstrip().lower().startswith(("select", "update", "delete", "with")):
            found.append(Sent(str(query), values, is_numbered=False))
        return execute(cursor, query, values, **more)

    def sent_prepared(statement: Prepared, connection: Any, values: Any) -> Any:
        listed = list(values)
        found.append(Sent(statement.text, listed, is_numbered=True))
        return send(statement, connection, listed)

    monkeypatch.setattr(psycopg.Cursor, "execute", executed)
    monkeypatch.setattr(Prepared, "send", sent_prepared)
    return found


def _wrong(parts: Parts, asked: Mapping[str, tuple[str, Sent]]) -> list[str]:
    """Of statements, each with what it was sent for: those that read too much."""
    found = []
    with psycopg.connect(parts.settings.database_url.replace("+psycopg", "")) as connection:
        counted = connection.execute("select relname, reltuples from pg_class where relname = any(%s)", (list(GROWING),))
        most = {table: max(rows * MOST, SMALL) for table, rows in counted.fetchall()}
        for what, statement in asked.values():
            for table, rows in statement.read(connection):
                if rows > most.get(table, rows):
                    found.append(f"{what} reads {rows} rows of {table}: {statement.text}")
    return found


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
    wrong = _wrong(many, asked)
    assert not wrong, "\n".join(wrong)


SPAN = timedelta(days=30)
LOOKS: Mapping[str, Callable[[UnitOfWork], object]] = {
    "jobs whose worker has vanished": lambda work: (jobs.lose_expired(work), jobs.exhausted(work)),
    "due jobs": lambda work: jobs.take_due(work, "w", kind="connector", names=["http", "notify"], limit=4, lease=SPAN),
    "what another clock has parked": lambda work: (
        jobs.bring_back(work, work.now + SPAN, lease=SPAN),
        outbox.bring_back(work, work.now + SPAN),
        mails.bring_back(work, work.now + SPAN),
    ),
    "due timers": lambda work: timers.claim_due(work, limit=100, lease=SPAN),
    "the next timer": timers.next_due,
    "thrown messages": outbox.take,
    "messages that somebody waits for by now": messages.take_wanted,
    "e-mails": lambda work: mails.take_due(work, limit=10, lease=SPAN),
    **{f"old {kind}": partial(housekeeping.tidy, kind=kind) for kind in housekeeping.KINDS},
    "old sessions": lambda work: sessions.remove_old(work, idle_since=work.now - SPAN),
    "old tokens": api_tokens.remove_old,
    "old failures to sign in": lambda work: sign_in_attempts.remove_old(work, work.now - SPAN, known_before=work.now - 10 * SPAN),
    "old answers": lambda work: idempotency_keys.remove_old(work, work.now - SPAN),
    "old deliveries": lambda work: webhook_deliveries.remove_old(work, work.now - SPAN),
    "old notifications": lambda work: notifications.remove_old(work, work.now - 10 * SPAN),
}


def test_no_look_of_a_worker_reads_what_is_done(many: Parts, sent: list[Sent]) -> None:
    asked: dict[str, tuple[str, Sent]] = {}
    for name, look in LOOKS.items():
        with many.begin(SYSTEM) as work:
            work.rehearse()
            sent.clear()
            look(work)
            asked |= {each.text: (name, each) for each in sent}
    wrong = _wrong(many, asked)
    assert not wrong, "\n".join(wrong)


def test_no_list_scans_a_table_on_sqlite(few: Parts) -> None:
    """Each table is entered by an index, or by the order of one. A count stops at its thousandth row."""
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
