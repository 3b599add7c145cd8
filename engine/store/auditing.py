"""Counts and comparisons for the audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, exists, func, select

from engine.store.columns import written
from engine.store.decision_definitions import decision_definition
from engine.store.deployments import deployment
from engine.store.form_definitions import form_definition
from engine.store.history import history
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.open_rows import KINDS
from engine.store.outbox import outbox
from engine.store.process_definitions import process_definition
from engine.store.process_instances import process_instance
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

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
_SEAL = select(process_instance.c.seal).where(process_instance.c.id == bindparam("id"))
_DEPLOYMENTS = select(deployment).order_by(deployment.c.id)
#: Tables whose rows belong to a process instance and have no foreign key that says so.
_BELONGING = (history, user_task, user_task_candidate, job, timer, subscription, outbox)
#: Left behind by an instance whose own row is gone.
_LEFT = {
    table.name: select(table.c.process_instance_id)
    .where(
        table.c.process_instance_id.is_not(None),
        ~exists().where(process_instance.c.id == table.c.process_instance_id),
    )
    .distinct()
    for table in _BELONGING
}
_DEFINITIONS = (process_definition, decision_definition, form_definition)
_VERSIONS = {
    table.name: select(
        table.c.key,
        func.max(table.c.version).label("newest"),
        func.max(case((table.c.is_latest, table.c.version))).label("latest"),
    )
    .group_by(table.c.key)
    .order_by(table.c.key)
    for table in _DEFINITIONS
}


def seal_of(work: UnitOfWork, process_instance_id: UUID) -> bytes:
    return bytes(work.first(_SEAL, {"id": process_instance_id})[0])


def deployments(work: UnitOfWork) -> Sequence[Any]:
    """Rows of deployment, oldest first."""
    return work.rows(_DEPLOYMENTS)


def orphans(work: UnitOfWork) -> Iterator[tuple[str, UUID]]:
    """Tables with rows of a process instance that is not there, and its id."""
    for name, statement in _LEFT.items():
        yield from ((name, row.process_instance_id) for row in work.rows(statement))


def wrong_latest(work: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Tables of definitions, with each key of which another version than the newest is marked as the latest, or none."""
    for name, statement in _VERSIONS.items():
        yield from ((name, row.key) for row in work.rows(statement) if row.newest != row.latest)


def open_count(work: UnitOfWork, process_instance_id: UUID) -> int:
    """Everything open in the process instance, incidents included."""
    return sum(work.first(_OPEN_COUNT, {"id": process_instance_id}))


def overdue(work: UnitOfWork, before: datetime) -> dict[str, int]:
    """Rows of each table that somebody should have cared for before that moment."""
    return {name: work.connection.execute(statement, {"before": before}).scalar_one() for name, statement in _OVERDUE.items()}
