"""Table inbound_event: what came from outside under an id of its sender, applied once; a repetition gets the first answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.columns import Json, Moment, metadata
from engine.store.unit_of_work import UnitOfWork

#: Characters; that of a webhook begins with the id of its endpoint.
LONGEST_ID = 400

inbound_event = Table(
    "inbound_event",
    metadata,
    Column("id", String(LONGEST_ID), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("answer", Json, nullable=True),
    Index("inbound_event_at", "at"),
)


@dataclass(frozen=True, slots=True)
class InboundEvent:
    id: str
    at: datetime
    answer: Mapping[str, Any] | None


_NEW: dict[str, Any] = {"id": bindparam("row_id"), "at": bindparam("now")}
_INSERT_POSTGRESQL = postgresql.insert(inbound_event).values(_NEW).on_conflict_do_nothing().returning(inbound_event.c.id)
_INSERT_SQLITE = sqlite.insert(inbound_event).values(_NEW).on_conflict_do_nothing().returning(inbound_event.c.id)
_ANSWER = update(inbound_event).where(inbound_event.c.id == bindparam("row_id")).values(answer=bindparam("new_answer"))
_BY_ID = select(*inbound_event.c).where(inbound_event.c.id == bindparam("id"))
_OLD = delete(inbound_event).where(inbound_event.c.at < bindparam("before"))


def is_new(work: UnitOfWork, id: str) -> bool:
    """Whether this unit of work is the first with this id. Another one that is at it is waited for."""
    statement = _INSERT_POSTGRESQL if work.database.is_postgresql else _INSERT_SQLITE
    return bool(work.written(statement, {"row_id": id, "now": work.now}))


def answer(work: UnitOfWork, id: str, answer: Mapping[str, Any]) -> None:
    """What a repetition is told."""
    work.write(_ANSWER, {"row_id": id, "new_answer": dict(answer)})


def find(work: UnitOfWork, id: str) -> InboundEvent | None:
    row = work.first(_BY_ID, {"id": id})
    return InboundEvent(*row) if row else None


def forget(work: UnitOfWork, before: datetime) -> int:
    """Repetitions are expected for days, not for ever."""
    return work.write(_OLD, {"before": before})
