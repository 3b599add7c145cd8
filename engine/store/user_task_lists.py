"""Lists of user tasks: by keyset, without the saved state and without the facts of a task's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select

from engine.store import claimable
from engine.store.columns import FAR_AWAY, Moment
from engine.store.paging import Page, beyond, checked_limit, cut, decode, encode
from engine.store.process_instances import process_instance
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_task_search import AFTER, MOST, VIEWS, Shape, Sort, UserTaskFilter, View, conditions, shape, values
from engine.store.user_tasks import Status, UserTask, user_task
from engine.store.visibility import parameters

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
    started: int


MAX_COUNT = 1000

_FROM_TASK = [user_task.c[name] for name in UserTaskItem.__dataclass_fields__ if name in user_task.c]
_FROM_INSTANCE = [process_instance.c[name] for name in ("title", "key", "business_key", "initiator", "steps_done")]
_ITEMS = select(*_FROM_TASK, *_FROM_INSTANCE).select_from(
    user_task.join(process_instance, process_instance.c.id == user_task.c.process_instance_id)
)


@dataclass(frozen=True, slots=True)
class _Order:
    columns: tuple[ColumnElement[Any], ...]
    parsers: tuple[Callable[[Any], Any], ...]
    key: Callable[[UserTaskItem | UserTask], tuple[Any, ...]]
    descending: bool


_DUE = func.coalesce(user_task.c.due_at, literal(FAR_AWAY, Moment))
_ORDERS: dict[Sort, _Order] = {
    "created": _Order((user_task.c.id,), (UUID,), lambda item: (item.id,), descending=True),
    "due": _Order(
        (_DUE, user_task.c.id), (datetime.fromisoformat, UUID), lambda item: (item.due_at or FAR_AWAY, item.id), descending=False
    ),
    "priority": _Order(
        (user_task.c.priority, user_task.c.id), (int, UUID), lambda item: (item.priority, item.id), descending=True
    ),
}
_LAST_COMPLETED = _Order(
    (user_task.c.completed_at, user_task.c.id),
    (datetime.fromisoformat, UUID),
    lambda item: (item.completed_at, item.id),
    descending=True,
)


def _order(view: View | None, sort: Sort) -> _Order:
    """The newest first; of what is done that is the last completed one."""
    return _LAST_COMPLETED if view == "done" and sort == "created" else _ORDERS[sort]


def list_(work: UnitOfWork, filter: UserTaskFilter, *, after: str | None, limit: int) -> Page[UserTaskItem]:
    """Only what the actor may see."""
    order = _order(filter.view, filter.sort)
    asked = values(filter, work.actor, work.directory)
    asked["most"] = checked_limit(limit) + 1
    if after is not None:
        asked |= zip(AFTER, decode(after, order.parsers), strict=False)
    statement = _statement(shape(filter, work.actor, has_after=after is not None))
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
    who = work.actor
    return Counts(*work.first(_counts(len(who.groups)), parameters(who) | claimable.parameters(who)))


@lru_cache(maxsize=512)
def _statement(shape: Shape) -> QuickSelect:
    statement = _ITEMS.where(*conditions(shape))
    order = _order(shape.view, shape.sort)
    if shape.has_after:
        known = [bindparam(name, type_=column.type) for name, column in zip(AFTER, order.columns, strict=False)]
        statement = statement.where(beyond(order.columns, known, descending=order.descending))
    directed = (column.desc() if order.descending else column.asc() for column in order.columns)
    return QuickSelect(statement.order_by(*directed).limit(MOST))


_OPEN_IN = _ITEMS.where(
    user_task.c.process_instance_id.in_(bindparam("ids", expanding=True)), user_task.c.status == "open"
).order_by(user_task.c.id)


def _count(statement: Select[Any]) -> Any:
    return select(func.count()).select_from(statement.limit(MAX_COUNT).subquery()).scalar_subquery()


@lru_cache(maxsize=64)
def _counts(groups: int) -> Select[Any]:
    return select(
        _count(select(user_task.c.id).where(VIEWS["mine"])),
        _count(claimable.newest(groups, MAX_COUNT)),
        _count(select(user_task.c.id).where(VIEWS["done"])),
        _count(
            select(process_instance.c.id).where(
                process_instance.c.initiator == bindparam("person"), process_instance.c.ended_at.is_(None)
            )
        ),
    )
