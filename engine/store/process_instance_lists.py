"""Lists of process instances: by keyset, newest first, without the saved state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select, union_all

from engine.facts.ids import first_id, id_beyond
from engine.store.columns import written
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.paging import Page, checked_limit, cut, decode, escaped, rows_for, written_out
from engine.store.process_instances import SUMMARY_COLUMNS, ProcessInstance, Status, process_instance
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task
from engine.store.visibility import VISIBLE_INSTANCES, newest_instances, parameters


@dataclass(frozen=True, slots=True)
class ProcessInstanceFilter:
    """`is_open` leaves out what has ended. `text` is looked for in the title and the business key.

    `element` is an element at which something is open: a user task, a job, a timer or a subscription. `started_before` is the
    first moment that is too late.
    """

    key: str | None = None
    definition_id: UUID | None = None
    status: Status | None = None
    is_open: bool | None = None
    initiator: str | None = None
    business_key: str | None = None
    with_incidents: bool = False
    text: str | None = None
    element: str | None = None
    started_from: datetime | None = None
    started_before: datetime | None = None


#: Of one status; beyond, nobody wants to know how many, and counting them all would read the whole table.
MAX_COUNT = 1_000

#: What is open in a table that keeps what is done. A failed job waits for its incident.
_OPEN: Mapping[Table, tuple[str, ...]] = {user_task: ("open",), job: ("open", "failed")}

_ITEMS = select(*SUMMARY_COLUMNS)


def list_(work: UnitOfWork, filter: ProcessInstanceFilter, *, after: str | None, limit: int) -> Page[ProcessInstance]:
    """Only what the actor may see."""
    (before,) = (None,) if after is None else decode(after, (UUID,))
    rows = written_out(rows_for(checked_limit(limit)))
    if filter == ProcessInstanceFilter() and not work.actor.may("operate"):
        statement = _ITEMS.where(process_instance.c.id.in_(newest_instances(rows, before)))
    else:
        statement = _seen(work, _ITEMS.where(*_conditions(filter)))
        if before is not None:
            statement = statement.where(process_instance.c.id < before)
    statement = statement.order_by(process_instance.c.id.desc()).limit(rows)
    return cut([ProcessInstance(*row) for row in work.rows(statement, parameters(work.actor))], limit, lambda item: (item.id,))


def counts(work: UnitOfWork, filter: ProcessInstanceFilter) -> Mapping[Status, int]:
    """How many there are of each status, of those that the actor may see, up to MAX_COUNT; what is none is left out."""
    statuses: tuple[Status, ...] = get_args(Status)
    numbers = work.first(select(*(_count(work, filter, each) for each in statuses)), parameters(work.actor))
    return {status: number for status, number in zip(statuses, numbers, strict=True) if number}


def _count(work: UnitOfWork, filter: ProcessInstanceFilter, status: Status) -> Any:
    wanted = _conditions(replace(filter, status=status))
    found = _seen(work, select(process_instance.c.id).where(*wanted)).limit(written_out(MAX_COUNT)).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def _seen(work: UnitOfWork, statement: Select[Any]) -> Select[Any]:
    return statement if work.actor.may("operate") else statement.where(VISIBLE_INSTANCES)


def _conditions(filter: ProcessInstanceFilter) -> Iterator[ColumnElement[bool]]:
    columns = process_instance.c
    for name in ("key", "definition_id", "initiator", "business_key"):
        value = getattr(filter, name)
        if value is not None:
            yield columns[name] == value
    if filter.status is not None:
        yield columns.status == written(filter.status)
        yield columns.ended_at.is_not(None) if filter.status == "ended" else columns.ended_at.is_(None)
    if filter.is_open is not None:
        yield columns.ended_at.is_(None) if filter.is_open else columns.ended_at.is_not(None)
    if filter.with_incidents:
        yield columns.id.in_(select(incident.c.process_instance_id).where(incident.c.resolved_at.is_(None)))
    if filter.element is not None:
        yield columns.id.in_(union_all(*(_open_at(table, filter.element) for table in (user_task, job, timer, subscription))))
    if filter.started_from is not None:
        yield and_(columns.id >= first_id(filter.started_from), columns.started_at >= filter.started_from)
    if filter.started_before is not None:
        yield and_(columns.id < id_beyond(filter.started_before), columns.started_at < filter.started_before)
    if filter.text:
        yield _mentions(filter.text)


def _open_at(table: Table, element: str) -> Select[Any]:
    """The rows of fired timers and closed subscriptions are gone; those of tasks and jobs say what they are."""
    found = select(table.c.process_instance_id).where(table.c.element == element, table.c.process_instance_id.is_not(None))
    return found.where(or_(*(table.c.status == written(word) for word in _OPEN[table]))) if table in _OPEN else found


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
