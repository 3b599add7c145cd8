"""Counts for the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from engine.store.columns import written
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.open_rows import KINDS
from engine.store.outbox import outbox
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork

_OPEN = [
    select(func.count()).select_from(table).where(table.c.process_instance_id == bindparam("id"), condition).scalar_subquery()
    for table, condition in (
        *((kind.table, kind.is_open) for kind in KINDS.values()),
        (incident, incident.c.resolved_at.is_(None)),
    )
]
_OPEN_COUNT = select(*_OPEN)
_OVERDUE = {
    "outbox": select(func.count()).where(
        outbox.c.done_at.is_(None), outbox.c.error.is_(None), outbox.c.due_at < bindparam("before")
    ),
    "job": select(func.count()).where(job.c.status == written("open"), job.c.lease_until < bindparam("before")),
    "timer": select(func.count()).where(timer.c.error.is_(None), timer.c.claimed_until < bindparam("before")),
}


def open_count(work: UnitOfWork, process_instance_id: UUID) -> int:
    """Everything open in the process instance, incidents included."""
    return sum(work.first(_OPEN_COUNT, {"id": process_instance_id}))


def overdue(work: UnitOfWork, before: datetime) -> dict[str, int]:
    """Rows of each table that somebody should have cared for before that moment."""
    return {name: work.connection.execute(statement, {"before": before}).scalar_one() for name, statement in _OVERDUE.items()}
