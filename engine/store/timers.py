"""Table timer: what becomes due. A fired timer's row is gone; that it fired stands in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from engine.facts.pauses import FURTHEST
from engine.facts.sentences import Sentence
from engine.facts.widths import NAME
from engine.store.columns import Id, Moment, Shaped, columns_of, metadata, partial_index, written
from engine.store.process_instances import StoredInstance, process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.with_instance import WithInstance

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=True),
    Column("definition_id", Id, nullable=False),
    Column("key", String(NAME), nullable=True),
    Column("element", String(NAME), nullable=False),
    Column("token", Integer, nullable=True),
    Column("subscription", Integer, nullable=True),
    Column("due_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("fired", Integer, nullable=False, server_default="0"),
    Column("claimed_until", Moment, nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Shaped(Sentence), nullable=True),
    Index("timer_of_instance", "process_instance_id", "subscription", unique=True),
    partial_index("timer_open_at", "element", "process_instance_id", where="process_instance_id is not null"),
    partial_index("timer_of_definition", "key", where="key is not null"),
    partial_index("timer_given_up", "id", where="error is not null"),
    partial_index("timer_due", "due_at", "id", where="error is null"),
)


@dataclass(frozen=True, slots=True)
class Timer:
    """Of a process instance (with its subscription) or of a definition's start event (with its key).

    `since` is when it began to wait and `fired` how often it has fired: from both, a start event's next moment follows.
    `attempts` have failed for reasons nobody foresaw. One with an error could not be fired; it waits until somebody retries its
    incident.
    """

    id: UUID
    process_instance_id: UUID | None
    definition_id: UUID
    key: str | None
    element: str
    token: int | None
    subscription: int | None
    due_at: datetime
    since: datetime
    fired: int
    claimed_until: datetime | None
    attempts: int
    error: Sentence | None


@dataclass(frozen=True, slots=True)
class NewTimer:
    """As a step writes it, or writes it again: then it waits anew, in the row that has its subscription."""

    id: UUID
    definition_id: UUID
    element: str
    token: int
    subscription: int
    due_at: datetime
    since: datetime
    fired: int = 0


_COLUMNS = columns_of(timer, Timer)
_INSERT = insert(timer)
_DELETE_STARTS = delete(timer).where(timer.c.key == bindparam("row_key"))
_BY_ID = select(*_COLUMNS).where(timer.c.id == bindparam("id"))
_OF_INSTANCE = select(*_COLUMNS).where(timer.c.process_instance_id == bindparam("id")).order_by(timer.c.due_at, timer.c.id)
_WITH_INSTANCE = WithInstance(timer, Timer)
_DUE = (
    select(timer.c.id)
    .outerjoin(process_instance, process_instance.c.id == timer.c.process_instance_id)
    .where(
        timer.c.error.is_(None),
        timer.c.due_at <= bindparam("now"),
        or_(
            timer.c.claimed_until.is_(None),
            timer.c.claimed_until <= bindparam("now"),
            # Later than any claim or pause can end: the clock has gone back since.
            timer.c.claimed_until > bindparam("furthest"),
        ),
        or_(timer.c.process_instance_id.is_(None), process_instance.c.status == written("running")),
    )
    .order_by(timer.c.due_at, timer.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=timer, skip_locked=True)
)
_CLAIM = (
    update(timer)
    .where(timer.c.id.in_(select(_DUE.cte("due").c.id)))
    .values(claimed_until=bindparam("until"))
    .returning(timer.c.due_at, timer.c.id)
)
_NEXT = (
    select(timer.c.due_at)
    .where(timer.c.error.is_(None), timer.c.due_at > bindparam("now"))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(1)
)
_PARK = update(timer).where(timer.c.id == bindparam("row_id")).values(error=bindparam("why"))
_REARM = update(timer).where(timer.c.id == bindparam("row_id")).values(error=None, claimed_until=None, attempts=0)
_PUT_OFF = (
    update(timer).where(timer.c.id == bindparam("row_id")).values(attempts=timer.c.attempts + 1, claimed_until=bindparam("until"))
)
_FIRED = (
    update(timer)
    .where(timer.c.id == bindparam("row_id"), timer.c.fired == bindparam("row_fired"))
    .values(due_at=bindparam("next_due"), fired=bindparam("next_fired"), claimed_until=None, attempts=0)
)
_OVER = delete(timer).where(timer.c.id == bindparam("row_id"), timer.c.fired == bindparam("row_fired"))


def replace_starts(work: UnitOfWork, key: str, rows: Sequence[Timer]) -> None:
    """The timers of the start events of a process, those of its newest version."""
    work.write(_DELETE_STARTS, {"row_key": key})
    if rows:
        work.write(_INSERT, [{column.name: getattr(row, column.name) for column in _COLUMNS} for row in rows])


def claim_due(work: UnitOfWork, *, limit: int, lease: timedelta) -> list[UUID]:
    """Due timers that no other worker has claimed, oldest first; claimed until the lease ends."""
    keys = {"now": work.now, "most": limit, "until": work.now + lease, "furthest": work.now + max(lease, FURTHEST)}
    rows = work.written(_CLAIM, keys)
    return [row.id for row in sorted(rows)]


def next_due(work: UnitOfWork) -> datetime | None:
    """The earliest moment that is still to come."""
    row = work.first(_NEXT, {"now": work.now})
    return row.due_at if row else None


def find(work: UnitOfWork, id: UUID) -> Timer | None:
    row = work.first(_BY_ID, {"id": id})
    return Timer(*row) if row else None


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> tuple[Timer, ...]:
    """The next one first."""
    return tuple(Timer(*row) for row in work.rows(_OF_INSTANCE, {"id": process_instance_id}))


def find_with_instance(work: UnitOfWork, id: UUID, *, locked: bool) -> tuple[Timer, StoredInstance] | None:
    found = _WITH_INSTANCE.find(work, id, locked=locked)
    return (Timer(*found[0]), found[1]) if found else None


def park(work: UnitOfWork, id: UUID, why: Sentence) -> None:
    """It is not due any more until it is armed again."""
    work.write(_PARK, {"row_id": id, "why": why})


def put_off(work: UnitOfWork, id: UUID, until: datetime) -> None:
    """One attempt more has failed; nobody takes it until then."""
    work.write(_PUT_OFF, {"row_id": id, "until": until})


def rearm(work: UnitOfWork, id: UUID) -> bool:
    work.wake("timers")
    return work.write(_REARM, {"row_id": id}) > 0


def fired(work: UnitOfWork, row: Timer, *, next_due: datetime | None, times: int) -> bool:
    """A start event's timer has fired for the `times`-th time; False when another worker was faster."""
    keys = {"row_id": row.id, "row_fired": row.fired}
    if next_due is None:
        return work.write(_OVER, keys) > 0
    return work.write(_FIRED, {**keys, "next_due": next_due, "next_fired": times}) > 0
