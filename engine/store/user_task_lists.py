"""Lists of user tasks: by keyset, without the saved state and without the facts of a task's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from engine.actor import Actor
from engine.store.columns import FAR_AWAY, Id
from engine.store.paging import Page, beyond, checked_limit, cut, decode, escaped
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import Status, user_task, user_task_candidate
from engine.store.visibility import VISIBLE_TASKS, parameters

View = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]


@dataclass(frozen=True, slots=True)
class UserTaskFilter:
    """`view` is a person's own: what they have, what they could claim, what they did. `text` is looked for in
    the title, business key and initiator of the process and in the name of the task."""

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
_AFTER = tuple(f"after_{number}" for number in range(2))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which statement is needed: it is built once for each shape, and what changes from call to call are its parameters.

    `wanted` are the filters with a value. `is_restricted`: only what the actor may see, which the filters do not imply.
    """

    view: View | None
    sort: Sort
    wanted: frozenset[str]
    has_after: bool
    is_restricted: bool


def list_(work: UnitOfWork, filter: UserTaskFilter, *, after: str | None, limit: int) -> Page[UserTaskItem]:
    """Only what the actor may see."""
    order = _ORDERS[filter.sort]
    values = _values(filter, work.actor)
    values["most"] = checked_limit(limit) + 1
    if after is not None:
        values |= zip(_AFTER, decode(after, order.parsers), strict=False)
    statement = _statement(_shape(filter, work.actor, has_after=after is not None))
    return cut([UserTaskItem(*row) for row in work.rows(statement, values)], limit, order.key)


def counts(work: UnitOfWork) -> Counts:
    """In one SELECT."""
    return Counts(*work.first(_COUNTS, parameters(work.actor)))


def _shape(filter: UserTaskFilter, actor: Actor, *, has_after: bool) -> _Shape:
    wanted = {name for name in (*_EQUAL, "candidate_group", "text") if getattr(filter, name) is not None}
    if filter.view is not None:
        wanted.discard("status")
    is_own_group = filter.candidate_group is not None and filter.candidate_group in actor.groups
    is_restricted = not (filter.view or is_own_group or actor.may("operate"))
    return _Shape(filter.view, filter.sort, frozenset(wanted), has_after, is_restricted)


def _values(filter: UserTaskFilter, actor: Actor) -> dict[str, Any]:
    values = parameters(actor)
    values |= {name: getattr(filter, name) for name in (*_EQUAL, "candidate_group")}
    if filter.text is not None:
        values["pattern"] = f"%{escaped(filter.text)}%"
    return values


@lru_cache(maxsize=512)
def _statement(shape: _Shape) -> Select[Any]:
    statement = _ITEMS.where(*_conditions(shape))
    order = _ORDERS[shape.sort]
    if shape.has_after:
        known = [bindparam(name, type_=column.type) for name, column in zip(_AFTER, order.columns, strict=False)]
        statement = statement.where(beyond(order.columns, known, descending=order.descending))
    directed = (column.desc() if order.descending else column.asc() for column in order.columns)
    return statement.order_by(*directed).limit(bindparam("most"))


def _conditions(shape: _Shape) -> Iterator[ColumnElement[bool]]:
    if shape.view is not None:
        yield _VIEWS[shape.view]
    if shape.is_restricted:
        yield VISIBLE_TASKS
    for name, column in _EQUAL.items():
        if name in shape.wanted:
            yield column == bindparam(name)
    if "candidate_group" in shape.wanted:
        yield user_task.c.id.in_(_candidate(shape, user_task_candidate.c.candidate == bindparam("candidate_group")))
    if shape.view == "claimable":
        yield user_task.c.id.in_(_candidate(shape, _MY_GROUPS))
    if "text" in shape.wanted:
        columns = (*(process_instance.c[name] for name in _SEARCHED), user_task.c.name, user_task.c.name_en)
        yield or_(*(column.ilike(bindparam("pattern"), escape="\\") for column in columns))


def _candidate(shape: _Shape, condition: ColumnElement[bool]) -> Select[Any]:
    """Ids of open tasks nobody has. When nothing else is asked, the index gives just the page, however many there are."""
    statement = select(user_task_candidate.c.user_task_id).where(condition)
    if shape.sort != "created" or shape.wanted - {"status", "candidate_group"} or shape.is_restricted:
        return statement
    if shape.has_after:
        statement = statement.where(user_task_candidate.c.user_task_id < bindparam(_AFTER[0], type_=Id()))
    return statement.distinct().order_by(user_task_candidate.c.user_task_id.desc()).limit(bindparam("most"))


_EQUAL: dict[str, ColumnElement[Any]] = {
    "status": user_task.c.status,
    "process_instance_id": user_task.c.process_instance_id,
    "key": process_instance.c.key,
    "assignee": user_task.c.assignee,
}
_SEARCHED = ("title", "business_key", "initiator")
_MY_GROUPS = user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True))
_OPEN = user_task.c.status == "open"
_VIEWS: dict[View, ColumnElement[bool]] = {
    "mine": and_(_OPEN, user_task.c.assignee == bindparam("person")),
    "claimable": _OPEN,
    "done": and_(user_task.c.status == "completed", user_task.c.completed_by == bindparam("person")),
}


def _count(statement: Select[Any]) -> Any:
    return select(func.count()).select_from(statement.limit(MAX_COUNT).subquery()).scalar_subquery()


_COUNTS = select(
    _count(select(user_task.c.id).where(_VIEWS["mine"])),
    _count(select(user_task_candidate.c.user_task_id).where(_MY_GROUPS).distinct()),
    _count(select(user_task.c.id).where(_VIEWS["done"])),
    _count(
        select(process_instance.c.id).where(
            process_instance.c.initiator == bindparam("person"), process_instance.c.ended_at.is_(None)
        )
    ),
)
