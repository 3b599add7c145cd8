"""What is due and not done, counted along the partial indexes that also find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, func, select

from engine.store.columns import Moment, written
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.outbox import outbox
from engine.store.process_instances import process_instance
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork

#: Counting goes no further: beyond it the number says only "far too many".
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Due:
    """How many, and since when the oldest of them has been due."""

    count: int
    oldest_at: datetime | None


def _due(column: ColumnElement[datetime], *conditions: ColumnElement[bool], is_planned: bool = True) -> Select[Any, Any]:
    """Planned work is due once its moment has come; an incident is there to be repaired from the start."""
    found = select(column.label("since")).where(*conditions)
    if is_planned:
        found = found.where(column <= bindparam("now", type_=Moment))
    rows = found.limit(MOST).subquery()
    return select(func.count(), func.min(rows.c.since, type_=Moment)).select_from(rows)


def _is_running(table: Table) -> ColumnElement[bool]:
    """What belongs to a suspended process instance waits with it, and is nobody's arrears."""
    suspended = process_instance.c.status == written("suspended")
    return ~exists().where(process_instance.c.id == table.c.process_instance_id, suspended)


_KINDS: Mapping[str, Select[Any, Any]] = {
    "jobs": _due(job.c.due_at, job.c.status == written("open"), _is_running(job)),
    "timers": _due(timer.c.due_at, timer.c.error.is_(None), _is_running(timer)),
    "outbox": _due(outbox.c.due_at, outbox.c.done_at.is_(None), outbox.c.error.is_(None)),
    "incidents": _due(incident.c.created_at, incident.c.resolved_at.is_(None), is_planned=False),
}


def backlog(work: UnitOfWork) -> Mapping[str, Due]:
    """By kind: jobs, timers, outbox, incidents."""
    return {kind: Due(*work.rows(statement, {"now": work.now})[0]) for kind, statement in _KINDS.items()}
