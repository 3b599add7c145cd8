"""Lists of user tasks: by keyset, without the saved state and without the facts of a task's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, literal, select, union

from engine.store.columns import FAR_AWAY, Moment
from engine.store.newest import newest
from engine.store.paging import Page, beyond, checked_limit, cut, decode, encode, rows_for, written_out
from engine.store.process_instances import process_instance
from engine.store.quick import QuickSelect, planned_anew
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_task_parts import OPEN, for_groups, parameters
from engine.store.user_task_search import (
    AFTER,
    MENTIONED_BY_INSTANCE,
    MENTIONED_ITSELF,
    VIEWS,
    Shape,
    Sort,
    TooManyTasks,
    UserTaskFilter,
    View,
    conditions,
    looked_through,
    plain_conditions,
    shape,
    values,
)
from engine.store.user_tasks import USUAL_PRIORITY, Status, UserTask, user_task, user_task_candidate

__all__ = ["Counts", "Sort", "UserTaskFilter", "UserTaskItem", "View", "counts", "cursor", "list_", "open_in"]


@dataclass(frozen=True, slots=True)
class UserTaskItem:
    """One line of a list: the task, and what its process instance is called and how far it is."""

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    token: int
    element: str
    name: str
    name_en: str
    form: str | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    status: Status
    assignee: str | None
    completed_at: datetime | None
    completed_by: str | None
    outcome: str | None
    candidates: Sequence[str]
    summary: Sequence[Mapping[str, Any]]
    title: str
    key: str
    business_key: str | None
    initiator: str
    steps_done: int


@dataclass(frozen=True, slots=True)
class Counts:
    """For the badges of the inbox; each counts up to `MAX_COUNT`, so that a long list costs no more than a page."""

    mine: int
    claimable: int
    done: int


MAX_COUNT = 1000

_FROM_TASK = [user_task.c[name] for name in UserTaskItem.__dataclass_fields__ if name in user_task.c]
_FROM_INSTANCE = [process_instance.c[name] for name in ("title", "key", "business_key", "initiator", "steps_done")]
_ITEMS = select(*_FROM_TASK, *_FROM_INSTANCE).select_from(
    user_task.join(process_instance, process_instance.c.id == user_task.c.process_instance_id)
)


@dataclass(frozen=True, slots=True)
class _Order:
    """`parts` split all open tasks: a condition, and what orders those that fit beside the id. The usual value, which most tasks
    have, is in no index by value."""

    columns: tuple[ColumnElement[Any], ...]
    parsers: tuple[Callable[[Any], Any], ...]
    key: Callable[[UserTaskItem | UserTask], tuple[Any, ...]]
    is_descending: bool
    parts: tuple[tuple[ColumnElement[bool], ColumnElement[Any]], ...] = ()

    def directed(self, columns: Iterable[ColumnElement[Any]]) -> Iterator[ColumnElement[Any]]:
        return (column.desc() if self.is_descending else column.asc() for column in columns)


_ID, _DUE_AT, _PRIORITY = user_task.c.id, user_task.c.due_at, user_task.c.priority
_NEVER = literal(FAR_AWAY, Moment)
_UNUSUAL = written_out(USUAL_PRIORITY) != _PRIORITY
_ORDERS: dict[Sort, _Order] = {
    "created": _Order((_ID,), (UUID,), lambda item: (item.id,), is_descending=True),
    "due": _Order(
        (func.coalesce(_DUE_AT, _NEVER), _ID),
        (datetime.fromisoformat, UUID),
        lambda item: (item.due_at or FAR_AWAY, item.id),
        is_descending=False,
        parts=((_DUE_AT.is_not(None), _DUE_AT), (_DUE_AT.is_(None), _NEVER)),
    ),
    "priority": _Order(
        (_PRIORITY, _ID),
        (int, UUID),
        lambda item: (item.priority, item.id),
        is_descending=True,
        parts=(
            (_UNUSUAL & (_PRIORITY > USUAL_PRIORITY), _PRIORITY),
            (_PRIORITY == USUAL_PRIORITY, _PRIORITY),
            (_UNUSUAL & (_PRIORITY < USUAL_PRIORITY), _PRIORITY),
        ),
    ),
}
_LAST_COMPLETED = _Order(
    (user_task.c.completed_at, _ID),
    (datetime.fromisoformat, UUID),
    lambda item: (item.completed_at, item.id),
    is_descending=True,
)


def _order(view: View | None, sort: Sort) -> _Order:
    """The newest first; of what is done that is the last completed one."""
    return _LAST_COMPLETED if view == "done" and sort == "created" else _ORDERS[sort]


def list_(work: UnitOfWork, filter: UserTaskFilter, *, after: str | None, limit: int) -> Page[UserTaskItem]:
    """Only what the actor may see. Raises TooManyTasks."""
    order = _order(filter.view, filter.sort)
    asked = values(filter, work.actor, work.directory)
    if after is not None:
        asked |= zip(AFTER, decode(after, order.parsers), strict=False)
    rows = rows_for(checked_limit(limit))
    wanted = shape(filter, work.actor, has_after=after is not None, rows=rows)
    if wanted.is_endless:
        raise TooManyTasks()
    statement = _statement(wanted)
    return cut([UserTaskItem(*row) for row in work.quick_rows(statement, asked)], limit, order.key)


def cursor(task: UserTask, sort: Sort) -> str:
    """Where a list of open tasks in that order goes on after the task."""
    return encode(_ORDERS[sort].key(task))


def open_in(work: UnitOfWork, process_instance_ids: Iterable[UUID]) -> tuple[UserTaskItem, ...]:
    """The open tasks of these process instances, in the order they were created; who may see the instances sees them."""
    rows = work.rows(_OPEN_IN, {"ids": list(process_instance_ids)})
    return tuple(UserTaskItem(*row) for row in rows)


def counts(work: UnitOfWork) -> Counts:
    """In one SELECT."""
    return Counts(*work.quick_row(_counts(len(work.actor.groups)), parameters(work.actor)))


@lru_cache(maxsize=512)
def _statement(shape: Shape) -> QuickSelect:
    """First the ids of the page, then what its lines show: a row of a task is wide, and most that are looked at are not shown."""
    order = _order(shape.view, shape.sort)
    page = _page(shape, order).subquery()
    shown = _ITEMS.join(page, page.c[0] == user_task.c.id).order_by(*order.directed(list(page.c)[1:]))
    return QuickSelect(shown if shape.is_usual else planned_anew(shown))


def _page(shape: Shape, order: _Order) -> Select[Any]:
    """The ids of its tasks, each with the values that order it. Where they are found in parts, each part gives its first."""
    parts = list(_parts(shape, order))
    if len(parts) == 1:
        return parts[0]
    found = union(*(select(part.subquery()) for part in parts)).subquery()
    return select(found).order_by(*order.directed(list(found.c)[1:])).limit(written_out(shape.rows))


def _parts(shape: Shape, order: _Order) -> Iterator[Select[Any]]:
    if "text" in shape.wanted:
        yield _ids(shape, order, order.columns, MENTIONED_ITSELF)
        yield from (_ids(shape, order, order.columns, each, of_instance=True) for each in MENTIONED_BY_INSTANCE)
    elif shape.is_everybodys and order.parts:
        yield from (_ids(shape, order, (column, _ID), condition) for condition, column in order.parts)
    else:
        yield _ids(shape, order, order.columns)


def _ids(
    shape: Shape,
    order: _Order,
    columns: Sequence[ColumnElement[Any]],
    *more: ColumnElement[bool],
    of_instance: bool = False,
) -> Select[Any]:
    """The first that also fit what is asked more; `of_instance`: this is about their process instance."""
    if shape.is_looked_through:
        return _looked_through(shape)
    names = [f"by_{number}" for number in range(len(columns))]
    found = select(user_task.c.id, *(column.label(name) for column, name in zip(columns, names, strict=True)))
    found = found.where(*conditions(shape), *more)
    if of_instance or "key" in shape.wanted:
        found = found.join(process_instance, process_instance.c.id == user_task.c.process_instance_id)
    if shape.has_after:
        known = [bindparam(name, type_=column.type) for name, column in zip(AFTER, columns, strict=False)]
        found = found.where(beyond(columns, known, descending=order.is_descending))
    return found.order_by(*order.directed(columns)).limit(written_out(shape.rows))


def _looked_through(shape: Shape) -> Select[Any]:
    """OFFSET 0 keeps PostgreSQL from asking it of all at once."""
    among = looked_through(shape).subquery()
    fits = exists(select(1).where(user_task.c.id == among.c.id, *plain_conditions(shape)).offset(0))
    found = select(among.c.id, among.c.id.label("by_0")).where(fits)
    return found.order_by(among.c.id.desc()).limit(written_out(shape.rows))


_OPEN_IN = _ITEMS.where(user_task.c.process_instance_id.in_(bindparam("ids", expanding=True)), OPEN).order_by(user_task.c.id)


def _count(statement: Select[Any]) -> Any:
    return select(func.count()).select_from(statement.limit(written_out(MAX_COUNT)).subquery()).scalar_subquery()


@lru_cache(maxsize=64)
def _counts(groups: int) -> QuickSelect:
    candidates = for_groups(user_task_candidate.c.user_task_id, groups)
    return QuickSelect(
        select(
            _count(select(user_task.c.id).where(VIEWS["mine"])),
            _count(newest(candidates, written_out(MAX_COUNT))),
            _count(select(user_task.c.id).where(VIEWS["done"])),
        )
    )
