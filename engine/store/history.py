"""Table history, the transition log: one row for each version of each process instance, written in the same transaction.

Nothing refers to it by foreign key, so that it can be partitioned by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, String, Table, bindparam, insert, select

from engine.store.columns import Id, Json, Moment, metadata
from engine.store.unit_of_work import UnitOfWork

history = Table(
    "history",
    metadata,
    Column("process_instance_id", Id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("verb", String(40), nullable=False),
    Column("element", String(255), nullable=True),
    Column("events", Json, nullable=False),
)

_INSERT = insert(history)
_OF_INSTANCE = (
    select(*history.c)
    .where(history.c.process_instance_id == bindparam("id"), history.c.version > bindparam("after"))
    .order_by(history.c.version)
    .limit(bindparam("limit"))
)
_OF_VERBS = (
    select(*history.c)
    .where(history.c.process_instance_id == bindparam("id"), history.c.verb.in_(bindparam("verbs", expanding=True)))
    .order_by(history.c.version)
)
_MOMENTS = (
    select(history.c.version, history.c.at, history.c.verb, history.c.element)
    .where(history.c.process_instance_id == bindparam("id"))
    .order_by(history.c.version)
)


@dataclass(frozen=True, slots=True)
class Transition:
    """Who did what to a process instance, and every event that followed, each `{"type": …, "token": …, "element": …, …}`."""

    process_instance_id: UUID
    version: int
    at: datetime
    actor: str
    verb: str
    element: str | None
    events: Sequence[Mapping[str, Any]]


def add(work: UnitOfWork, transition: Transition) -> None:
    work.write(_INSERT, {column.name: getattr(transition, column.name) for column in history.c})


def of_instance(work: UnitOfWork, process_instance_id: UUID, *, after: int, limit: int) -> list[Transition]:
    """In order, those beyond version `after`."""
    rows = work.rows(_OF_INSTANCE, {"id": process_instance_id, "after": after, "limit": limit})
    return [Transition(*row) for row in rows]


def of_verbs(work: UnitOfWork, process_instance_id: UUID, verbs: Iterable[str]) -> list[Transition]:
    """In order, those of these verbs."""
    return [Transition(*row) for row in work.rows(_OF_VERBS, {"id": process_instance_id, "verbs": list(verbs)})]


def moments(work: UnitOfWork, process_instance_id: UUID) -> list[tuple[int, datetime, str, str | None]]:
    """Version, moment, verb and element of each change, in order, without what followed: a narrow read."""
    return [tuple(row) for row in work.rows(_MOMENTS, {"id": process_instance_id})]
