"""Rows that wait for somebody without an incident standing for them: no process instance was there to have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, Table, exists, func, select, update

from engine.facts.sentences import Sentence
from engine.store import event_starts
from engine.store.event_starts import paused_process
from engine.store.incidents import incident
from engine.store.outbox import outbox
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork

Kind = Literal["timer", "message", "process"]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """`why`: the sentence of its last failure; `since`: when it was due. A process is one that events may start no more: `id` is
    that of its definition."""

    kind: Kind
    id: UUID
    why: Sentence
    since: datetime


_TABLES: Mapping[Kind, Table] = {"timer": timer, "message": outbox}


def _of(table: Table) -> Select[Any]:
    """Where there ever was an incident, that is the place to repair it or to leave it."""
    known = exists().where(incident.c.trigger_id == table.c.id).correlate(table)
    return select(table.c.id, table.c.error, table.c.due_at).where(table.c.error.is_not(None), ~known)


def _ids(table: Table) -> Select[Any]:
    return _of(table).with_only_columns(table.c.id)


_PAUSED = select(paused_process.c.definition_id, paused_process.c.why, paused_process.c.since)
_ROWS: Mapping[Kind, Select[Any]] = {
    "process": _PAUSED.order_by(paused_process.c.key),
    **{kind: _of(table).order_by(table.c.id) for kind, table in _TABLES.items()},
}
_COUNTS = {kind: select(func.count()).select_from(rows.order_by(None).subquery()) for kind, rows in _ROWS.items()}
_REARM = (
    update(timer).values(error=None, claimed_until=None, attempts=0).where(timer.c.id.in_(_ids(timer))),
    update(outbox).values(error=None, attempts=0, depth=0).where(outbox.c.id.in_(_ids(outbox))),
)


def counts(work: UnitOfWork) -> Mapping[Kind, int]:
    return {kind: int(work.first(statement)[0]) for kind, statement in _COUNTS.items()}


def list_(work: UnitOfWork, limit: int | None = None) -> Sequence[GivenUp]:
    """Processes, timers, then messages, each in the order in which they came; the first of all."""
    return [GivenUp(kind, *row) for kind, statement in _ROWS.items() for row in work.rows(statement.limit(limit))][:limit]


def rearm(work: UnitOfWork) -> int:
    """All of them are due again. Answers how many."""
    work.wake("timers")
    work.wake("messages")
    return event_starts.resume_all(work) + sum(work.write(statement) for statement in _REARM)
