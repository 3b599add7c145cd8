"""What a list of user tasks is narrowed to, as conditions: which statement is needed, and the values it is asked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, select

from engine.assignment.directory import Directory
from engine.facts.actor import Actor
from engine.facts.errors import Invalid
from engine.store.columns import Id, Moment
from engine.store.newest import each_once, newest, together
from engine.store.paging import written_out
from engine.store.process_instances import SAID, process_instance
from engine.store.user_task_parts import COMPLETED, OF_STATUS, OPEN, PERSON, for_groups, had_by, parameters
from engine.store.user_tasks import USUAL_PRIORITY, Status, user_task, user_task_candidate
from engine.store.visibility import is_visible_task
from engine.store.words import contains, mentions, pattern


class TooManyTasks(Invalid):
    """Everybody's tasks that are done are neither searched by text, time limit or priority nor put in such an order: there are
    too many. Name a process instance or an assignee, or ask for the open ones."""


View = Literal["mine", "claimable", "done"]
Sort = Literal["created", "due", "priority"]

#: People whose id or name fits a search; a text that fits more of them says too little to look for people.
MOST_PEOPLE = 1000


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

    `wanted` are the filters with a value. `is_restricted`: only what the actor may see, which the filters do not imply. `groups`:
    how many the actor answers to, where that matters. `rows`: how many are read.
    """

    status: Status | None
    view: View | None
    sort: Sort
    wanted: frozenset[str]
    has_after: bool
    is_restricted: bool
    groups: int
    rows: int

    @property
    def is_everybodys(self) -> bool:
        """Whether these are all open tasks but for what their own columns say."""
        of_somebody = {"process_instance_id", "assignee", "candidate_group", "key", "text"}
        return self.status == "open" and not self.is_restricted and self.wanted.isdisjoint(of_somebody)

    @property
    def is_looked_through(self) -> bool:
        """Whether tasks of a set are looked at from the newest on until there are enough: what else is asked has no index."""
        is_of_set = self.view == "claimable" or "candidate_group" in self.wanted or (self.is_restricted and self.view is None)
        return is_of_set and self.sort == "created" and "no due" in self.wanted <= {"no due", "candidate_group"}

    @property
    def is_endless(self) -> bool:
        """Whether everybody's tasks that are done would be looked through to find few, or put in an order they do not have."""
        named = {"process_instance_id", "assignee", "candidate_group"}
        is_all = self.view is None and self.status != "open" and not self.is_restricted and self.wanted.isdisjoint(named)
        return is_all and (self.sort != "created" or not self.wanted <= {"key"})

    @property
    def is_usual(self) -> bool:
        """Whether it is asked all day long, and fits few tasks, or the first of an index are the page, whatever the values."""
        return self.sort == "created" and self.wanted <= {"process_instance_id", "candidate_group", "assignee"}


#: Where the page begins: the values of the last row before it, as many as the order has columns.
AFTER = tuple(f"after_{number}" for number in range(2))

_ASSIGNEE: BindParameter[str] = bindparam("assignee", type_=user_task.c.assignee.type)
_LEAST_PRIORITY = user_task.c.priority >= bindparam("least_priority")
#: What a text may be found in: the words of a task itself, those of its instance, and who has started it. One condition for all,
#: joined by OR, would be asked of every task: each gives its own newest.
MENTIONED_ITSELF = contains((user_task.c.name, user_task.c.name_en, user_task.c.summary_text))
MENTIONED_BY_INSTANCE = (
    mentions(SAID, (process_instance.c.title, process_instance.c.business_key)),
    process_instance.c.initiator.in_(bindparam("initiators", expanding=True)),
)
#: By the name of a filter; the three last are what other filters come to.
_COMPARED: dict[str, ColumnElement[bool]] = {
    "process_instance_id": user_task.c.process_instance_id == bindparam("process_instance_id"),
    "key": process_instance.c.key == bindparam("key"),
    "assignee": user_task.c.assignee == _ASSIGNEE,
    "due_from": user_task.c.due_at >= bindparam("due_from", type_=Moment()),
    "due_before": user_task.c.due_at < bindparam("due_before", type_=Moment()),
    "least_priority": _LEAST_PRIORITY,
    "due": user_task.c.due_at.is_not(None),
    "no due": user_task.c.due_at.is_(None),
    "urgent": and_(_LEAST_PRIORITY, user_task.c.priority != written_out(USUAL_PRIORITY)),
}
VIEWS: dict[View, ColumnElement[bool]] = {
    "mine": and_(OPEN, user_task.c.assignee == PERSON),
    "claimable": OPEN,
    "done": and_(COMPLETED, user_task.c.completed_by == PERSON),
}


def shape(filter: UserTaskFilter, actor: Actor, *, has_after: bool, rows: int) -> Shape:
    is_own_group = filter.candidate_group is not None and filter.candidate_group in actor.groups
    is_restricted = not (filter.view or is_own_group or actor.may("operate"))
    groups = len(actor.groups) if is_restricted or filter.view == "claimable" else 0
    status = filter.status if filter.view is None else None
    return Shape(status, filter.view, filter.sort, frozenset(_wanted(filter)), has_after, is_restricted, groups, rows)


def _wanted(filter: UserTaskFilter) -> Iterator[str]:
    plain = ("process_instance_id", "key", "assignee", "candidate_group", "due_from", "due_before", "text")
    yield from (name for name in plain if getattr(filter, name) is not None)
    if filter.has_due is not None:
        yield "due" if filter.has_due else "no due"
    if filter.least_priority is not None:
        yield "urgent" if filter.least_priority > USUAL_PRIORITY else "least_priority"


def values(filter: UserTaskFilter, actor: Actor, directory: Directory) -> dict[str, Any]:
    names = ("process_instance_id", "key", "assignee", "candidate_group", "due_from", "due_before", "least_priority")
    found = parameters(actor) | {name: getattr(filter, name) for name in names}
    if filter.text is not None:
        people = directory.people_named(filter.text)
        found |= {"text": filter.text, "pattern": pattern(filter.text)}
        found["initiators"] = people if len(people) <= MOST_PEOPLE else ()
    return found


def looked_through(shape: Shape) -> Select[Any]:
    """Ids of the set, the newest first, of which `plain_conditions` are asked one by one."""
    ((_, parts),) = _sets(shape)
    ids = each_once(_older(parts, shape)).subquery()
    return select(ids.c[0].label("id")).order_by(ids.c[0].desc())


def plain_conditions(shape: Shape) -> Iterator[ColumnElement[bool]]:
    """What the row of a task says of itself."""
    if shape.view is not None:
        yield VIEWS[shape.view]
    if shape.status is not None:
        yield OF_STATUS[shape.status]
    yield from (condition for name, condition in _COMPARED.items() if name in shape.wanted)


def conditions(shape: Shape) -> Iterator[ColumnElement[bool]]:
    yield from plain_conditions(shape)
    if shape.is_restricted and "process_instance_id" in shape.wanted:
        yield is_visible_task(shape.groups)
    sets = list(_sets(shape))
    for wanted, parts in sets:
        # Where nothing else narrows or orders them, the newest of the set are the page.
        is_all = len(sets) == 1 and shape.sort == "created" and shape.wanted <= wanted
        yield user_task.c.id.in_(_newest(parts, shape) if is_all else together(parts))


def _newest(parts: Iterable[Select[Any]], shape: Shape) -> Select[Any]:
    return newest(_older(parts, shape), written_out(shape.rows))


def _older(parts: Iterable[Select[Any]], shape: Shape) -> Iterator[Select[Any]]:
    before = bindparam(AFTER[0], type_=Id())
    return (part.where(before > part.selected_columns[0]) if shape.has_after else part for part in parts)


def _sets(shape: Shape) -> Iterator[tuple[Set[str], tuple[Select[Any], ...]]]:
    """What the tasks have to be in, each in parts that an index finds, with the filter it stands for."""
    candidate, id = user_task_candidate.c.candidate, user_task_candidate.c.user_task_id
    if "candidate_group" in shape.wanted:
        yield {"candidate_group"}, (select(id).where(candidate == bindparam("candidate_group")),)
    if shape.view == "claimable":
        yield set(), for_groups(id, shape.groups)
    if "process_instance_id" in shape.wanted or shape.view is not None:
        return
    if "assignee" in shape.wanted:
        assigned = (and_(part, user_task.c.assignee == _ASSIGNEE) for part in had_by(_ASSIGNEE, shape.status))
        yield {"assignee"}, tuple(select(user_task.c.id).where(part) for part in assigned)
    if shape.is_restricted:
        own = (select(user_task.c.id).where(part) for part in had_by(PERSON, shape.status))
        yield set(), (*own, *(for_groups(id, shape.groups) if shape.status in ("open", None) else ()))
