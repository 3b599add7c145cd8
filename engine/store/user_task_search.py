"""What a list of user tasks is narrowed to, as conditions: which statement is needed, and the values it is asked with."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, literal_column, or_, select

from engine.assignment.directory import Directory
from engine.facts.actor import Actor
from engine.store import claimable
from engine.store.columns import Id, Moment
from engine.store.paging import escaped
from engine.store.process_instances import process_instance
from engine.store.user_tasks import Status, user_task, user_task_candidate
from engine.store.visibility import VISIBLE_TASKS, parameters

View = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]

#: People whose name fits a search; a text that fits more of them says too little to look for people.
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class UserTaskFilter:
    """`view` is a person's own: what they have, what they could claim, what they did. `text` is looked for in the title and
    business key of the process, in the name and the summary of the task, and in id and name of who started the process.
    `due_from` is the first moment that counts, `due_before` the first one that does not; `has_due` False: without a limit."""

    status: Status | None = "open"
    view: View | None = None
    process_instance_id: UUID | None = None
    key: str | None = None
    assignee: str | None = None
    candidate_group: str | None = None
    text: str | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    has_due: bool | None = None
    least_priority: int | None = None
    sort: Sort = "created"


@dataclass(frozen=True, slots=True)
class Shape:
    """Which statement is needed: it is built once for each shape, and what changes from call to call are its parameters.

    `wanted` are the filters with a value. `is_restricted`: only what the actor may see, which the filters do not imply.
    """

    view: View | None
    sort: Sort
    wanted: frozenset[str]
    has_after: bool
    is_restricted: bool
    #: How many groups the actor answers to, where that matters.
    groups: int = 0


#: How many rows are read.
MOST = bindparam("most", type_=Integer())
#: Where the page begins: the values of the last row before it, as many as the order has columns.
AFTER = tuple(f"after_{number}" for number in range(2))

_SEARCHED = (
    process_instance.c.title,
    process_instance.c.business_key,
    process_instance.c.initiator,
    user_task.c.name,
    user_task.c.name_en,
    user_task.c.summary_text,
)
_MENTIONS = or_(
    *(column.ilike(bindparam("pattern"), escape="\\") for column in _SEARCHED),
    process_instance.c.initiator.in_(bindparam("initiators", expanding=True)),
)
_COMPARED: dict[str, ColumnElement[bool]] = {
    "status": user_task.c.status == bindparam("status"),
    "process_instance_id": user_task.c.process_instance_id == bindparam("process_instance_id"),
    "key": process_instance.c.key == bindparam("key"),
    "assignee": user_task.c.assignee == bindparam("assignee"),
    "due_from": user_task.c.due_at >= bindparam("due_from", type_=Moment()),
    "due_before": user_task.c.due_at < bindparam("due_before", type_=Moment()),
    "has_due": user_task.c.due_at.is_not(None) == bindparam("has_due"),
    "least_priority": user_task.c.priority >= bindparam("least_priority"),
    "text": _MENTIONS,
}
MY_GROUPS = user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True))
#: Written out, so that PostgreSQL knows them when it plans: only then an index of some rows serves a prepared statement.
_OPEN = user_task.c.status == literal_column("'open'")
_COMPLETED = user_task.c.status == literal_column("'completed'")
VIEWS: dict[View, ColumnElement[bool]] = {
    "mine": and_(_OPEN, user_task.c.assignee == bindparam("person")),
    "claimable": _OPEN,
    "done": and_(_COMPLETED, user_task.c.completed_by == bindparam("person")),
}


def shape(filter: UserTaskFilter, actor: Actor, *, has_after: bool) -> Shape:
    wanted = {name for name in (*_COMPARED, "candidate_group") if getattr(filter, name) is not None}
    if filter.view is not None:
        wanted.discard("status")
    is_own_group = filter.candidate_group is not None and filter.candidate_group in actor.groups
    is_restricted = not (filter.view or is_own_group or actor.may("operate"))
    groups = len(actor.groups) if filter.view == "claimable" else 0
    return Shape(filter.view, filter.sort, frozenset(wanted), has_after, is_restricted, groups)


def values(filter: UserTaskFilter, actor: Actor, directory: Directory) -> dict[str, Any]:
    found = parameters(actor) | claimable.parameters(actor)
    found |= {name: getattr(filter, name) for name in (*_COMPARED, "candidate_group")}
    if filter.text is not None:
        people = directory.people_named(filter.text)
        found["pattern"] = f"%{escaped(filter.text)}%"
        found["initiators"] = people if len(people) <= MOST_PEOPLE else ()
    return found


def conditions(shape: Shape) -> Iterator[ColumnElement[bool]]:
    if shape.view is not None:
        yield VIEWS[shape.view]
    if shape.is_restricted:
        yield VISIBLE_TASKS
    yield from (condition for name, condition in _COMPARED.items() if name in shape.wanted)
    if "candidate_group" in shape.wanted:
        yield user_task.c.id.in_(_of_group(shape))
    if shape.view == "claimable":
        yield user_task.c.id.in_(_of_my_groups(shape))


def _of_group(shape: Shape) -> Select[Any]:
    """Ids of open tasks nobody has. When nothing else is asked, the index gives just the page, however many there are."""
    statement = select(user_task_candidate.c.user_task_id).where(user_task_candidate.c.candidate == bindparam("candidate_group"))
    if not _is_all(shape, {"status", "candidate_group"}):
        return statement
    if shape.has_after:
        statement = statement.where(user_task_candidate.c.user_task_id < bindparam(AFTER[0], type_=Id()))
    return statement.order_by(user_task_candidate.c.user_task_id.desc()).limit(MOST)


def _of_my_groups(shape: Shape) -> Select[Any]:
    """As `_of_group`, for every group of the actor."""
    if not _is_all(shape, {"status"}):
        return select(user_task_candidate.c.user_task_id).where(MY_GROUPS)
    return claimable.newest(shape.groups, MOST, before=AFTER[0] if shape.has_after else None)


def _is_all(shape: Shape, wanted: Set[str]) -> bool:
    """Whether the newest of these candidates are the page: nothing else narrows or orders it."""
    return shape.sort == "created" and not shape.wanted - wanted and not shape.is_restricted
