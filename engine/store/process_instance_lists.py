"""Lists of process instances: by keyset, newest first, without the saved state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from engine.store.incidents import incident
from engine.store.paging import Page, beyond, checked_limit, cut, decode, escaped, ordered
from engine.store.process_instances import SUMMARY_COLUMNS, ProcessInstance, Status, process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.visibility import VISIBLE_INSTANCES, parameters


@dataclass(frozen=True, slots=True)
class ProcessInstanceFilter:
    """`open` leaves out what has ended. `text` is looked for in the title and the business key."""

    key: str | None = None
    definition_id: UUID | None = None
    status: Status | None = None
    is_open: bool | None = None
    initiator: str | None = None
    business_key: str | None = None
    with_incidents: bool = False
    text: str | None = None


_ITEMS = select(*SUMMARY_COLUMNS)
_ORDER = (process_instance.c.id,)


def list_(work: UnitOfWork, filter: ProcessInstanceFilter, *, after: str | None, limit: int) -> Page[ProcessInstance]:
    """Only what the actor may see."""
    statement = _filtered(filter)
    if not work.actor.may("operate"):
        statement = statement.where(VISIBLE_INSTANCES)
    if after is not None:
        statement = statement.where(beyond(_ORDER, decode(after, (UUID,)), descending=True))
    statement = ordered(statement, _ORDER, descending=True, limit=checked_limit(limit))
    return cut([ProcessInstance(*row) for row in work.rows(statement, parameters(work.actor))], limit, lambda item: (item.id,))


def _filtered(filter: ProcessInstanceFilter) -> Select[Any]:
    statement = _ITEMS
    for name in ("key", "definition_id", "status", "initiator", "business_key"):
        value = getattr(filter, name)
        if value is not None:
            statement = statement.where(process_instance.c[name] == value)
    if filter.is_open is not None:
        ended = process_instance.c.ended_at
        statement = statement.where(ended.is_(None) if filter.is_open else ended.is_not(None))
    if filter.with_incidents:
        with_open = select(incident.c.process_instance_id).where(incident.c.resolved_at.is_(None))
        statement = statement.where(process_instance.c.id.in_(with_open))
    return statement.where(_mentions(filter.text)) if filter.text else statement


def _mentions(text: str) -> ColumnElement[bool]:
    pattern = f"%{escaped(text)}%"
    columns = (process_instance.c.title, process_instance.c.business_key)
    return or_(*(column.ilike(pattern, escape="\\") for column in columns))


def ids_after(work: UnitOfWork, after: UUID | None, *, limit: int) -> list[UUID]:
    """Of all process instances, oldest first, beyond `after`."""
    statement = select(process_instance.c.id).order_by(process_instance.c.id).limit(limit)
    if after is not None:
        statement = statement.where(process_instance.c.id > after)
    return [row.id for row in work.rows(statement)]
