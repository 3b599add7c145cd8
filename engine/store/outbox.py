"""Table outbox: what one transaction leaves for others to do, written in it and done after it.

A `message` looks for its one receiver, a `signal` for everybody who listens, a `delivery` goes to one of those. What leaves the
machine is a job. Nothing refers to the table by foreign key, so that it can be partitioned by month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, delete, insert, select, update

from engine.facts.ids import first_id
from engine.facts.sentences import Sentence
from engine.store.columns import Id, Json, Moment, Shaped, columns_of, metadata, partial_index
from engine.store.unit_of_work import UnitOfWork

Kind = Literal["message", "signal", "delivery"]

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=True),
    Column("kind", String(20), nullable=False),
    Column("body", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Moment, nullable=True),
    Column("error", Shaped(Sentence), nullable=True),
    Column("depth", Integer, nullable=False, server_default="0"),
    partial_index("outbox_given_up", "id", where="error is not null"),
    partial_index("outbox_due", "depth", "due_at", "id", where="done_at is null and error is null"),
    Index("outbox_of_instance", "process_instance_id"),
)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """`error` says why nobody takes it any more; an incident stands for it, and its retry arms it again. `depth` counts the
    starts by events that came before it: what people and other systems have begun goes before what processes begin by themselves.
    """

    id: UUID
    process_instance_id: UUID | None
    kind: Kind
    body: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    attempts: int
    done_at: datetime | None
    error: Sentence | None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class NewOutboxRow:
    """As a step writes it: due at once."""

    id: UUID
    kind: Kind
    body: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    attempts: int = 0
    depth: int = 0


_COLUMNS = columns_of(outbox, OutboxRow)
_INSERT = insert(outbox)
_BY_ID = select(*_COLUMNS).where(outbox.c.id == bindparam("id"))
_DUE = (
    select(*_COLUMNS)
    .where(
        outbox.c.done_at.is_(None),
        outbox.c.error.is_(None),
        outbox.c.due_at <= bindparam("now"),
    )
    .order_by(outbox.c.depth, outbox.c.due_at, outbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_UPDATE = update(outbox).where(outbox.c.id == bindparam("row_id"))
_DONE = _UPDATE.values(done_at=bindparam("at"))
_POSTPONE = _UPDATE.values(due_at=bindparam("until"), attempts=outbox.c.attempts + 1)
_PARK = _UPDATE.values(error=bindparam("why"))
_BRING_BACK = (
    update(outbox)
    .where(outbox.c.done_at.is_(None), outbox.c.error.is_(None), outbox.c.due_at > bindparam("furthest"))
    .values(due_at=bindparam("now"))
)
_REMOVE_DONE = delete(outbox).where(outbox.c.id < bindparam("before_id"), outbox.c.done_at.is_not(None))
_REARM = _UPDATE.values(error=None, due_at=bindparam("at"), attempts=0, depth=0)


def add(work: UnitOfWork, rows: Sequence[OutboxRow]) -> None:
    if rows:
        work.wake("messages")
        work.write(_INSERT, [{column.name: getattr(row, column.name) for column in _COLUMNS} for row in rows])


def take(work: UnitOfWork) -> OutboxRow | None:
    """Of the shortest chain the row that has been due for longest and that nobody else is at: this unit of work's to its end."""
    work.begin()
    row = work.first(_DUE, {"now": work.now})
    return OutboxRow(*row) if row else None


def find(work: UnitOfWork, id: UUID) -> OutboxRow | None:
    row = work.first(_BY_ID, {"id": id})
    return OutboxRow(*row) if row else None


def done(work: UnitOfWork, id: UUID) -> None:
    work.write(_DONE, {"row_id": id, "at": work.now})


def postpone(work: UnitOfWork, id: UUID, until: datetime) -> None:
    """One attempt more has failed."""
    work.write(_POSTPONE, {"row_id": id, "until": until})


def bring_back(work: UnitOfWork, furthest: datetime) -> int:
    """What is due later than anything can be is due now."""
    return work.write(_BRING_BACK, {"furthest": furthest, "now": work.now})


def park(work: UnitOfWork, id: UUID, why: Sentence) -> None:
    """Nobody takes it until it is armed again."""
    work.write(_PARK, {"row_id": id, "why": why})


def remove_done(work: UnitOfWork, before: datetime) -> int:
    """Rows written before that moment and delivered. Their ids begin with the moment, so the primary key finds them."""
    return work.write(_REMOVE_DONE, {"before_id": first_id(before)})


def rearm(work: UnitOfWork, id: UUID) -> bool:
    work.wake("messages")
    return work.write(_REARM, {"row_id": id, "at": work.now}) > 0
