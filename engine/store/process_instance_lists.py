"""Lists of process instances: by keyset, newest first, without the saved state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import Select, func, select

from engine.facts.actor import Actor
from engine.store.newest import Span, newest
from engine.store.paging import Page, checked_limit, cut, decode, rows_for, written_out
from engine.store.process_instance_search import ProcessInstanceFilter, conditions, newest_of_few, newest_seen
from engine.store.process_instances import SUMMARY_COLUMNS, ProcessInstance, Status, process_instance
from engine.store.quick import planned_anew
from engine.store.unit_of_work import UnitOfWork
from engine.store.visibility import visible_instances

__all__ = ["MAX_COUNT", "ProcessInstanceFilter", "counts", "ids_after", "list_"]

#: Of one status; beyond, nobody wants to know how many, and counting them all would read the whole table.
MAX_COUNT = 1_000

_ID = process_instance.c.id
_ITEMS = select(*SUMMARY_COLUMNS).order_by(_ID.desc())


def list_(work: UnitOfWork, filter: ProcessInstanceFilter, *, after: str | None, limit: int) -> Page[ProcessInstance]:
    """Only what the actor may see. First the ids of the page, which indexes know, then what its lines show."""
    (before,) = (None,) if after is None else decode(after, (UUID,))
    ids = _ids(filter, work.actor, filter.span(before), rows_for(checked_limit(limit)))
    rows = work.rows(planned_anew(_ITEMS.where(_ID.in_(ids))), filter.values(work.actor))
    return cut([ProcessInstance(*row) for row in rows], limit, lambda item: (item.id,))


def _ids(filter: ProcessInstanceFilter, actor: Actor, span: Span, rows: int) -> Select[Any]:
    """The three ways to the first of them: by what is open, by what the actor sees, or by an index of all."""
    most = written_out(rows)
    if filter == ProcessInstanceFilter() and not filter.is_seen_by(actor):
        return newest((part.distinct() for part in visible_instances(len(actor.groups), span)), most)
    if (filter.is_of_few or filter.status == "suspended") and not filter.is_narrow:
        return newest_of_few(filter, actor, span, most)
    if not (filter.is_narrow or filter.is_seen_by(actor)):
        return newest_seen(filter, actor, span, most)
    return select(_ID).where(*conditions(filter, actor, span)).order_by(_ID.desc()).limit(most)


def counts(work: UnitOfWork, filter: ProcessInstanceFilter) -> Mapping[Status, int]:
    """How many there are of each status, of those that the actor may see, up to MAX_COUNT; what is none is left out."""
    statuses: tuple[Status, ...] = get_args(Status)
    counted = select(*(_count(work.actor, replace(filter, status=each)) for each in statuses))
    numbers = work.first(planned_anew(counted), filter.values(work.actor))
    return {status: number for status, number in zip(statuses, numbers, strict=True) if number}


def _count(actor: Actor, filter: ProcessInstanceFilter) -> Any:
    found = select(_ID).where(*conditions(filter, actor, filter.span(None))).limit(written_out(MAX_COUNT)).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def ids_after(work: UnitOfWork, after: UUID | None, *, limit: int) -> list[UUID]:
    """Of all process instances, oldest first, beyond `after`."""
    statement = select(_ID).order_by(_ID).limit(limit)
    if after is not None:
        statement = statement.where(after < _ID)
    return [row.id for row in work.rows(statement)]
