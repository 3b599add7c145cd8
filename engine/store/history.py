"""Table history, the transition log: one row for each version of each process instance, written in the same transaction.

Nothing refers to it by foreign key, so that it can be partitioned by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, String, Table, Text, bindparam, case, cast, insert, select

from engine.facts.json_text import read_json
from engine.facts.widths import NAME, PERSON
from engine.store.columns import Id, Moment, WrittenJson, metadata
from engine.store.unit_of_work import UnitOfWork

history = Table(
    "history",
    metadata,
    Column("process_instance_id", Id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(PERSON), nullable=False),
    Column("verb", String(40), nullable=False),
    Column("element", String(NAME), nullable=True),
    Column("events", WrittenJson, nullable=False),
    Column("command", WrittenJson(none_as_null=True), nullable=True),
)

_INSERT = insert(history)
_OF_INSTANCE = (
    select(*history.c)
    .where(history.c.process_instance_id == bindparam("id"), history.c.version > bindparam("after"))
    .order_by(history.c.version)
    .limit(bindparam("limit"))
)
_AS_WRITTEN = (
    select(
        *(column for column in history.c if column.name not in {"events", "command"}),
        cast(history.c.events, Text).label("events"),
        cast(history.c.command, Text).label("command"),
    )
    .where(history.c.process_instance_id == bindparam("id"))
    .order_by(history.c.version)
)
_EVENTS_OF_VERBS = case((history.c.verb.in_(bindparam("verbs", expanding=True)), history.c.events), else_=None)
_OUTLINE = (
    select(history.c.version, history.c.at, history.c.actor, history.c.verb, history.c.element, _EVENTS_OF_VERBS.label("events"))
    .where(history.c.process_instance_id == bindparam("id"))
    .order_by(history.c.version)
)


@dataclass(frozen=True, slots=True)
class Transition:
    """Who did what to a process instance, and every event that followed, each `{"type": …, "token": …, "element": …, …}`.

    `command` is what was asked of the execution, as engine.steps.commands writes it; None for what does not touch it.
    """

    process_instance_id: UUID
    version: int
    at: datetime
    actor: str
    verb: str
    element: str | None
    events: Sequence[Mapping[str, Any]]
    command: Mapping[str, Any] | None = None


def add(work: UnitOfWork, transition: Transition) -> None:
    work.write(_INSERT, {column.name: getattr(transition, column.name) for column in history.c})


def of_instance(work: UnitOfWork, process_instance_id: UUID, *, after: int, limit: int) -> list[Transition]:
    """In order, those beyond version `after`."""
    rows = work.rows(_OF_INSTANCE, {"id": process_instance_id, "after": after, "limit": limit})
    return [Transition(*row) for row in rows]


def as_written(work: UnitOfWork, process_instance_id: UUID) -> Iterator[tuple[Transition, bytes, bytes | None]]:
    """Every change in order, with the texts of its events and of its command as they are kept. Raises ValueError where one is no
    JSON: only SQLite keeps that."""
    for row in work.rows(_AS_WRITTEN, {"id": process_instance_id}):
        events, command = row.events.encode(), None if row.command is None else row.command.encode()
        values = {"events": read_json(events), "command": None if command is None else read_json(command)}
        yield Transition(**{**row._mapping, **values}), events, command


def outline(work: UnitOfWork, process_instance_id: UUID, verbs: Iterable[str]) -> list[Transition]:
    """Every change in order, with its events only for these verbs: a narrow read."""
    rows = work.rows(_OUTLINE, {"id": process_instance_id, "verbs": list(verbs)})
    return [
        Transition(process_instance_id, row.version, row.at, row.actor, row.verb, row.element, row.events or ()) for row in rows
    ]
