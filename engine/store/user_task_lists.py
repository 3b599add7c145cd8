"""Lists of user tasks: by keyset, without the saved state and without the facts of a task's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from engine.actor import Actor
from engine.store.columns import FAR_AWAY
from engine.store.paging import Page, beyond, checked_limit, cut, decode, escaped, ordered
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import Status, user_task, user_task_candidate
from engine.store.visibility import visible_tasks

View = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]


@dataclass(frozen=True, slots=True)
class UserTaskFilter:
    """`view` is a person's own: what they have, what they could claim, what they did. `text` is looked for in title and name."""

    status: Status | None = "open"
    view: View | None = None
    process_instance_id: UUID | None = None
    key: str | None = None
    assignee: str | None = None
    candidate_group: str | None = None
    text: str | None = None
    sort: Sort = "created"


@dataclass(frozen=True, slots=True)
class UserTaskItem:
    """One line of a list: the task, and the title, key, business key and initiator of its process instance."""

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
    title: str
    key: str
    business_key: str | None
    initiator: str


@dataclass(frozen=True, slots=True)
class Counts:
    """For the badges of the inbox; each counts up to `MAX_COUNT`, so that a long list costs no more than a page."""

    mine: int
    claimable: int
    done: int
    started: int


MAX_COUNT = 1000

_FROM_TASK = [user_task.c[name] for name in UserTaskItem.__dataclass_fields__ if name in user_task.c]
_FROM_INSTANCE = [process_instance.c[name] for name in ("title", "key", "business_key", "initiator")]
_ITEMS = select(*_FROM_TASK, *_FROM_INSTANCE).select_from(
    user_task.join(process_instance, process_instance.c.id == user_task.c.process_instance_id)
)


@dataclass(frozen=True, slots=True)
class _Order:
    columns: tuple[ColumnElement[Any], ...]
    parsers: tuple[Callable[[Any], Any], ...]
    key: Callable[[UserTaskItem], tuple[Any, ...]]
    descending: bool


_DUE = func.coalesce(user_task.c.due_at, FAR_AWAY)
_ORDERS: dict[Sort, _Order] = {
    "created": _Order((user_task.c.id,), (UUID,), lambda item: (item.id,), descending=True),
    "due": _Order(
        (_DUE, user_task.c.id), (datetime.fromisoformat, UUID), lambda item: (item.due_at or FAR_AWAY, item.id), descending=False
    ),
    "priority": _Order(
        (user_task.c.priority, user_task.c.id), (int, UUID), lambda item: (item.priority, item.id), descending=True
    ),
}


def list_(work: UnitOfWork, filter: UserTaskFilter, *, after: str | None, limit: int) -> Page[UserTaskItem]:
    """Only what the actor may see."""
    order = _ORDERS[filter.sort]
    statement = _filtered(_ITEMS, filter, work.actor)
    if after is not None:
        statement = statement.where(beyond(order.columns, decode(after, order.parsers), descending=order.descending))
    statement = ordered(statement, order.columns, descending=order.descending, limit=checked_limit(limit))
    items = [UserTaskItem(*row) for row in work.rows(statement)]
    return cut(items, limit, order.key)


def counts(work: UnitOfWork) -> Counts:
    """In one SELECT."""
    actor = work.actor
    started = select(process_instance.c.id).where(process_instance.c.initiator == actor.id, process_instance.c.ended_at.is_(None))
    numbers = [
        select(func.count()).select_from(statement.limit(MAX_COUNT).subquery()).scalar_subquery()
        for statement in (*(_of_view(select(user_task.c.id), view, actor) for view in ("mine", "claimable", "done")), started)
    ]
    return Counts(*work.first(select(*numbers)))


def _filtered(statement: Select[Any], filter: UserTaskFilter, actor: Actor) -> Select[Any]:
    if filter.view is not None:
        statement = _of_view(statement, filter.view, actor)
    else:
        visible = visible_tasks(actor)
        statement = statement if visible is None else statement.where(visible)
        statement = statement if filter.status is None else statement.where(user_task.c.status == filter.status)
    for column, value in _equal(filter):
        if value is not None:
            statement = statement.where(column == value)
    if filter.candidate_group is not None:
        statement = statement.where(_is_candidate([filter.candidate_group]))
    if filter.text:
        pattern = f"%{escaped(filter.text)}%"
        found = (
            column.ilike(pattern, escape="\\") for column in (process_instance.c.title, user_task.c.name, user_task.c.name_en)
        )
        statement = statement.where(or_(*found))
    return statement


def _equal(filter: UserTaskFilter) -> tuple[tuple[ColumnElement[Any], Any], ...]:
    return (
        (user_task.c.process_instance_id, filter.process_instance_id),
        (process_instance.c.key, filter.key),
        (user_task.c.assignee, filter.assignee),
    )


def _of_view(statement: Select[Any], view: str, actor: Actor) -> Select[Any]:
    if view == "mine":
        return statement.where(user_task.c.status == "open", user_task.c.assignee == actor.id)
    if view == "claimable":
        return statement.where(user_task.c.status == "open", _is_candidate(sorted(actor.groups)))
    return statement.where(user_task.c.status == "completed", user_task.c.completed_by == actor.id)


def _is_candidate(groups: list[str]) -> ColumnElement[bool]:
    return exists().where(user_task_candidate.c.user_task_id == user_task.c.id, user_task_candidate.c.candidate.in_(groups))
