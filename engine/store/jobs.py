"""Table job: work for a worker, outside of any transaction, at least once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, case, select, update

from engine.facts.sentences import Sentence
from engine.facts.widths import NAME
from engine.store.columns import Id, Json, Moment, Shaped, columns_of, metadata, partial_index, written
from engine.store.paging import Page, beyond, checked_limit, cut, decode, ordered
from engine.store.process_instances import StoredInstance, process_instance
from engine.store.quick import planned_anew
from engine.store.unit_of_work import UnitOfWork
from engine.store.with_instance import WithInstance

Status = Literal["open", "failed", "completed", "cancelled"]
JobKind = Literal["connector", "topic"]
KINDS: tuple[JobKind, ...] = get_args(JobKind)

job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=False),
    Column("definition_id", Id, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element", String(NAME), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("connector", String(NAME), nullable=False),
    Column("inputs", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(10), nullable=False),
    Column("retries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("worker", String(200), nullable=True),
    Column("lease_until", Moment, nullable=True),
    Column("error", Shaped(Sentence), nullable=True),
    Index("job_of_instance", "process_instance_id", "token", unique=True),
    partial_index("job_leased", "lease_until", where="status = 'open' and lease_until is not null"),
    partial_index("job_due", "kind", "due_at", "id", where="status = 'open'"),
    partial_index("job_open_at", "element", "process_instance_id", where="status in ('open', 'failed')"),
    partial_index("job_failed", "id", where="status = 'failed'"),
    partial_index("job_cancelled", "id", where="status = 'cancelled'"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """`retries` are the tries left, `attempts` those begun. While it is worked on, `due_at` is the end of the lease."""

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    token: int
    element: str
    kind: JobKind
    connector: str
    inputs: Mapping[str, Any]
    created_at: datetime
    status: Status
    retries: int
    attempts: int
    due_at: datetime
    worker: str | None
    lease_until: datetime | None
    error: Sentence | None


@dataclass(frozen=True, slots=True)
class NewJob:
    """As a step writes it: due at once, with the first try and its repetitions left."""

    id: UUID
    definition_id: UUID
    token: int
    element: str
    kind: JobKind
    connector: str
    inputs: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    retries: int
    attempts: int = 0
    status: Status = "open"


@dataclass(frozen=True, slots=True)
class JobFilter:
    """For the list of jobs."""

    status: Status | None = "open"
    process_instance_id: UUID | None = None
    connector: str | None = None


_COLUMNS = columns_of(job, Job)
_ALL = select(*_COLUMNS)
_BY_ID = _ALL.where(job.c.id == bindparam("id"))
_OF_INSTANCE = _ALL.where(job.c.process_instance_id == bindparam("id")).order_by(job.c.token)
_WITH_INSTANCE = WithInstance(job, Job)
_DUE = (
    select(job.c.id)
    .join(process_instance, process_instance.c.id == job.c.process_instance_id)
    .where(
        job.c.status == written("open"),
        job.c.due_at <= bindparam("now"),
        job.c.retries > 0,
        process_instance.c.status == written("running"),
        job.c.kind == bindparam("of_kind"),
        job.c.connector.in_(bindparam("names", expanding=True)),
    )
    .order_by(job.c.due_at, job.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=job, skip_locked=True)
)
#: The rows to take are a CTE: a subquery might be carried out again for each row, and then take more than the limit.
_TAKE = (
    update(job)
    .where(job.c.id.in_(select(_DUE.cte("due").c.id)))
    .values(worker=bindparam("by"), lease_until=bindparam("until"), due_at=bindparam("until"), attempts=job.c.attempts + 1)
    .returning(*_COLUMNS)
)
#: A worker that never reported has used up one try.
_LOSE = (
    update(job)
    .where(job.c.status == written("open"), job.c.lease_until.is_not(None), job.c.lease_until <= bindparam("now"))
    .values(
        retries=job.c.retries - 1, worker=None, lease_until=None, error=Sentence("The worker did not report within its lease.")
    )
)
#: Both kinds are named, so that the index finds what is due so late.
_BRING_BACK = (
    update(job)
    .where(
        job.c.status == written("open"), job.c.kind.in_([written(kind) for kind in KINDS]), job.c.due_at > bindparam("furthest")
    )
    .values(
        due_at=case((job.c.lease_until.is_(None), bindparam("now", type_=Moment)), else_=bindparam("until", type_=Moment)),
        lease_until=case((job.c.lease_until.is_not(None), bindparam("until", type_=Moment)), else_=None),
    )
)
_EXHAUSTED = _ALL.where(job.c.status == written("open"), job.c.retries <= 0, job.c.lease_until.is_(None))
_FAIL = (
    update(job)
    .where(job.c.id == bindparam("row_id"), job.c.status == "open")
    .values(
        retries=bindparam("left"),
        status=bindparam("new_status"),
        due_at=bindparam("next_due"),
        error=bindparam("why"),
        worker=None,
        lease_until=None,
    )
)
_REARM = (
    update(job)
    .where(job.c.id == bindparam("row_id"), job.c.status == "failed")
    .values(status="open", retries=bindparam("left"), due_at=bindparam("now"))
)


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> tuple[Job, ...]:
    """All of a process instance, by token."""
    return tuple(Job(*row) for row in work.rows(_OF_INSTANCE, {"id": process_instance_id}))


def take_due(
    work: UnitOfWork, worker: str, *, kind: str, names: Collection[str], limit: int, lease: timedelta
) -> tuple[Job, ...]:
    """Due jobs that nobody works on, for this worker until the lease ends, oldest first."""
    keys = {"now": work.now, "until": work.now + lease, "by": worker, "of_kind": kind, "names": sorted(names), "most": limit}
    return tuple(sorted((Job(*row) for row in work.written(_TAKE, keys)), key=lambda job: job.id))


def lose_expired(work: UnitOfWork) -> int:
    """Jobs whose worker has vanished may be taken again, with one try less."""
    return work.write(_LOSE, {"now": work.now})


def bring_back(work: UnitOfWork, furthest: datetime, *, lease: timedelta) -> int:
    """Jobs due later than any can be are due now; who works on one keeps it for one lease more."""
    return work.write(_BRING_BACK, {"furthest": furthest, "now": work.now, "until": work.now + lease})


def exhausted(work: UnitOfWork) -> tuple[Job, ...]:
    """Open jobs without a try left."""
    return tuple(Job(*row) for row in work.rows(_EXHAUSTED))


def find(work: UnitOfWork, id: UUID) -> Job | None:
    row = work.first(_BY_ID, {"id": id})
    return Job(*row) if row else None


def find_with_instance(work: UnitOfWork, id: UUID, *, locked: bool) -> tuple[Job, StoredInstance] | None:
    found = _WITH_INSTANCE.find(work, id, locked=locked)
    return (Job(*found[0]), found[1]) if found else None


def fail(work: UnitOfWork, id: UUID, *, why: Sentence, retries: int, due_at: datetime) -> None:
    """Tried again at `due_at`; without a try left it waits for its incident."""
    status = "open" if retries > 0 else "failed"
    work.write(_FAIL, {"row_id": id, "left": max(retries, 0), "new_status": status, "next_due": due_at, "why": why})


def rearm(work: UnitOfWork, id: UUID, *, retries: int) -> bool:
    """A failed job is due at once, with new tries."""
    work.wake("jobs")
    return work.write(_REARM, {"row_id": id, "left": retries, "now": work.now}) > 0


def list_(work: UnitOfWork, filter: JobFilter, *, after: str | None, limit: int) -> Page[Job]:
    """Newest first."""
    statement = _ALL
    if filter.status is not None:
        statement = statement.where(job.c.status == written(filter.status))
    for name in ("process_instance_id", "connector"):
        if getattr(filter, name) is not None:
            statement = statement.where(job.c[name] == getattr(filter, name))
    if after is not None:
        statement = statement.where(beyond((job.c.id,), decode(after, (UUID,)), descending=True))
    statement = ordered(statement, (job.c.id,), descending=True, limit=checked_limit(limit))
    return cut([Job(*row) for row in work.rows(planned_anew(statement))], limit, lambda item: (item.id,))
