"""Table incident: what nobody foresaw, at one element of one process instance, with what would be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, bindparam, func, insert, select, update

from engine.facts.sentences import Sentence
from engine.facts.widths import NAME, PERSON
from engine.store.columns import Id, Moment, Shaped, metadata, partial_index
from engine.store.paging import Page, beyond, checked_limit, cut, decode, ordered
from engine.store.quick import planned_anew
from engine.store.unit_of_work import UnitOfWork

Kind = Literal["step", "job", "timer", "message"]

incident = Table(
    "incident",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("definition_id", Id, nullable=False),
    Column("element", String(NAME), nullable=False),
    Column("token", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("cause", Shaped(Sentence), nullable=False),
    Column("trigger_id", Id, nullable=True),
    Column("count", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("resolved_at", Moment, nullable=True),
    Column("resolved_by", String(PERSON), nullable=True),
    Index("incident_of_instance", "process_instance_id", "token"),
    partial_index("incident_trigger", "trigger_id", where="trigger_id is not null"),
    partial_index("incident_newest_open", "id", where="resolved_at is null"),
    partial_index("incident_open", "process_instance_id", "id", where="resolved_at is null"),
)


@dataclass(frozen=True, slots=True)
class Incident:
    """`trigger_id` is the parked job, timer or outbox row; `count` how often the same has failed, last at `last_at`."""

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    element: str
    token: int
    kind: Kind
    cause: Sentence
    trigger_id: UUID | None
    count: int
    created_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


_COLUMNS = list(incident.c)
_BY_ID = select(*_COLUMNS).where(incident.c.id == bindparam("id"))
_LOCKED = _BY_ID.with_for_update()
_INSERT = insert(incident)
_ALL_OF = select(*_COLUMNS).where(incident.c.process_instance_id == bindparam("id")).order_by(incident.c.id)
_COUNT = (
    update(incident)
    .where(
        incident.c.process_instance_id == bindparam("row_instance"),
        incident.c.token == bindparam("row_token"),
        incident.c.kind == bindparam("row_kind"),
        incident.c.trigger_id.is_not_distinct_from(bindparam("row_trigger", type_=Id)),
        incident.c.resolved_at.is_(None),
    )
    .values(count=incident.c.count + 1, last_at=bindparam("at"), cause=bindparam("new_cause"))
)
_COUNT_OPEN = select(func.count()).select_from(
    select(incident.c.id).where(incident.c.resolved_at.is_(None)).limit(bindparam("most")).subquery()
)
_RESOLVE = (
    update(incident)
    .where(incident.c.id == bindparam("row_id"), incident.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("at"), resolved_by=bindparam("by"))
)


def add(work: UnitOfWork, row: Incident) -> None:
    work.write(_INSERT, {column.name: getattr(row, column.name) for column in _COLUMNS})


def find(work: UnitOfWork, id: UUID, *, locked: bool = False) -> Incident | None:
    if locked:
        work.begin()
    row = work.first(_LOCKED if locked else _BY_ID, {"id": id})
    return Incident(*row) if row else None


def all_of(work: UnitOfWork, process_instance_id: UUID) -> tuple[Incident, ...]:
    """Every one of a process instance, resolved ones too, in the order in which they came."""
    return tuple(Incident(*row) for row in work.rows(_ALL_OF, {"id": process_instance_id}))


def count_again(
    work: UnitOfWork, process_instance_id: UUID, token: int, kind: Kind, cause: Sentence, trigger_id: UUID | None
) -> bool:
    """Whether there was an open incident of the same thing at the same token, which now counts one more.

    What has another trigger is another incident: each holds the row that its retry brings back.
    """
    keys = {"row_instance": process_instance_id, "row_token": token, "row_kind": kind, "row_trigger": trigger_id}
    return work.write(_COUNT, {**keys, "at": work.now, "new_cause": cause}) > 0


def count_open(work: UnitOfWork, most: int) -> int:
    """Up to `most`, which is enough to know."""
    return int(work.first(_COUNT_OPEN, {"most": most})[0])


def resolve(work: UnitOfWork, id: UUID) -> bool:
    """False when it was resolved already."""
    return work.write(_RESOLVE, {"row_id": id, "at": work.now, "by": work.actor.id}) > 0


def list_(
    work: UnitOfWork, *, process_instance_id: UUID | None, is_open: bool | None, after: str | None, limit: int
) -> Page[Incident]:
    """Newest first."""
    statement = select(*_COLUMNS)
    if process_instance_id is not None:
        statement = statement.where(incident.c.process_instance_id == process_instance_id)
    if is_open is not None:
        statement = statement.where(incident.c.resolved_at.is_(None) if is_open else incident.c.resolved_at.is_not(None))
    if after is not None:
        statement = statement.where(beyond((incident.c.id,), decode(after, (UUID,)), descending=True))
    statement = ordered(statement, (incident.c.id,), descending=True, limit=checked_limit(limit))
    return cut([Incident(*row) for row in work.rows(planned_anew(statement))], limit, lambda item: (item.id,))
