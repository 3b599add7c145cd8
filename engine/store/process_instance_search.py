"""What a list of process instances is narrowed to, as conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, exists, select, union

from engine.facts.actor import Actor
from engine.facts.ids import first_id, id_beyond
from engine.store.columns import written
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.newest import Span, common, newest, together
from engine.store.process_instances import SAID, Status, process_instance
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.user_task_parts import parameters
from engine.store.user_tasks import user_task
from engine.store.visibility import visible_instances
from engine.store.words import mentions, pattern


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

    def span(self, before: UUID | None) -> Span:
        """The ids among which all that fit are, when none is wanted from `before` on: ids are in the order of starts."""
        ends = [] if before is None else [before]
        if self.started_before is not None:
            ends.append(id_beyond(self.started_before))
        return Span(first_id(self.started_from) if self.started_from else None, min(ends, default=None))

    @property
    def is_of_few(self) -> bool:
        """Whether a set of few ids is looked through, not an index of many."""
        return self.with_incidents or self.element is not None

    @property
    def is_narrow(self) -> bool:
        """Whether an index of all instances finds those that fit, or that none does."""
        named = (self.key, self.definition_id, self.initiator, self.business_key, self.text)
        return any(value is not None for value in named)

    def values(self, actor: Actor) -> dict[str, Any]:
        """The parameters of `conditions`."""
        said = {"text": self.text, "pattern": pattern(self.text)} if self.text else {}
        return {**parameters(actor), **said}

    def is_seen_by(self, actor: Actor) -> bool:
        """Whether the actor sees all that fit: who operates, and who asks for what they have started themselves."""
        return actor.may("operate") or self.initiator == actor.id


#: What is open in a table that keeps what is done. A failed job waits for its incident.
_OPEN: Mapping[Table, ColumnElement[bool]] = {
    user_task: user_task.c.status == written("open"),
    job: job.c.status.in_([written("open"), written("failed")]),
}
_PLACES = (user_task, job, timer, subscription)
_SUSPENDED = select(process_instance.c.id).where(process_instance.c.status == written("suspended"))
#: By what indexes know: when it ended, and the few that are suspended.
_IS: Mapping[Status, ColumnElement[bool]] = {
    "running": and_(process_instance.c.ended_at.is_(None), process_instance.c.id.not_in(_SUSPENDED)),
    "suspended": process_instance.c.status == written("suspended"),
    "ended": process_instance.c.ended_at.is_not(None),
}
_suspended = process_instance.alias("suspended")
_STOPPED = select(incident.c.process_instance_id).where(incident.c.resolved_at.is_(None))


def conditions(filter: ProcessInstanceFilter, actor: Actor, span: Span) -> Iterator[ColumnElement[bool]]:
    """What the filter says, that ids are in the span, and that the actor may see the instance."""
    yield from span.of(process_instance.c.id)
    yield from _own(filter, is_looked_up=filter.is_of_few)
    if sets := list(_sets(filter, actor, span)):
        yield process_instance.c.id.in_(common(sets))


def newest_seen(filter: ProcessInstanceFilter, actor: Actor, span: Span, most: ColumnElement[int]) -> Select[Any]:
    """Of what the actor sees, looked at from the newest on until there are enough: most fit. Planned as a join, all instances are
    looked at from the newest on, and for somebody who has done nothing lately that is the whole table."""
    seen = union(*visible_instances(len(actor.groups), span)).subquery()
    ordered = select(seen.c[0].label("id")).order_by(seen.c[0].desc()).subquery()
    fitting = select(ordered.c.id).where(*_looked_up(filter, ordered.c.id))
    return fitting.order_by(ordered.c.id.desc()).limit(most)


def newest_of_few(filter: ProcessInstanceFilter, actor: Actor, span: Span, most: ColumnElement[int]) -> Select[Any]:
    """By an index of what is open there, from the newest instance on."""
    if filter.element is not None:
        parts = [_open_at(table, filter.element, span) for table in _PLACES]
    elif filter.with_incidents:
        parts = [_STOPPED.where(*span.of(incident.c.process_instance_id))]
    else:
        parts = [select(_suspended.c.id).where(_suspended.c.status == written("suspended"), *span.of(_suspended.c.id))]
    if not filter.is_seen_by(actor):
        seen = select(union(*visible_instances(len(actor.groups), span)).cte("seen"))
        parts = [part.where(part.selected_columns[0].in_(seen)) for part in parts]
    return newest((part.where(*_looked_up(filter, part.selected_columns[0])).distinct() for part in parts), most)


def _looked_up(filter: ProcessInstanceFilter, id: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    """What else the filter says, asked of one instance at a time. OFFSET 0 keeps PostgreSQL from asking it of all at once."""
    if own := list(_own(filter, is_looked_up=True)):
        yield exists(select(1).where(process_instance.c.id == id, *own).offset(0))
    if filter.with_incidents and filter.element is not None:
        yield exists(_STOPPED.where(incident.c.process_instance_id == id).offset(0))


def _own(filter: ProcessInstanceFilter, *, is_looked_up: bool) -> Iterator[ColumnElement[bool]]:
    """`is_looked_up`: of rows that are at hand, not by an index."""
    columns = process_instance.c
    for name in ("key", "definition_id", "initiator", "business_key"):
        value = getattr(filter, name)
        if value is not None:
            yield columns[name] == value
    if filter.status is not None:
        yield columns.status == written(filter.status) if is_looked_up else _IS[filter.status]
    if filter.is_open is not None:
        yield columns.ended_at.is_(None) if filter.is_open else columns.ended_at.is_not(None)
    if filter.started_from is not None:
        yield columns.started_at >= filter.started_from
    if filter.started_before is not None:
        yield columns.started_at < filter.started_before
    if filter.text:
        yield mentions(SAID, (columns.title, columns.business_key))


def _sets(filter: ProcessInstanceFilter, actor: Actor, span: Span) -> Iterator[Any]:
    """In which ids it has to be; bounded by the span too, which PostgreSQL would not conclude."""
    if not filter.is_seen_by(actor):
        yield together(visible_instances(len(actor.groups), span))
    if filter.status == "suspended":
        yield _SUSPENDED.where(*span.of(process_instance.c.id))
    if filter.with_incidents:
        yield _STOPPED.where(*span.of(incident.c.process_instance_id))
    if filter.element is not None:
        yield together(_open_at(table, filter.element, span) for table in _PLACES)


def _open_at(table: Table, element: str, span: Span) -> Select[Any]:
    """The rows of fired timers and closed subscriptions are gone; those of tasks and jobs say what they are."""
    id = table.c.process_instance_id
    found = select(id).where(table.c.element == element, id.is_not(None), *span.of(id))
    return found.where(_OPEN[table]) if table in _OPEN else found
