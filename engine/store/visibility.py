"""Whose a process instance is: who takes part in it sees it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select

from engine.facts.actor import Actor
from engine.store.newest import Span
from engine.store.process_instances import process_instance
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_task_parts import PERSON, for_groups, had_by, names_of_groups, parameters
from engine.store.user_tasks import user_task, user_task_candidate

_HAS_OR_HAD = or_(user_task.c.assignee == PERSON, user_task.c.completed_by == PERSON)


def takes_part(work: UnitOfWork, process_instance_id: UUID, actor: Actor) -> bool:
    """Whether the actor has or had a task there, or is a candidate of an open one."""
    (found,) = work.quick_row(_takes_part(len(actor.groups)), {"id": process_instance_id, **parameters(actor)})
    return bool(found)


@lru_cache(maxsize=64)
def _takes_part(groups: int) -> QuickSelect:
    own = exists().where(user_task.c.process_instance_id == bindparam("id", type_=process_instance.c.id.type))
    return QuickSelect(select(or_(own.where(_HAS_OR_HAD), own.where(_is_candidate(groups)))))


def is_visible_task(groups: int) -> ColumnElement[bool]:
    """Of a task that is known: what is asked row by row, so only where there are few."""
    return or_(_HAS_OR_HAD, _is_candidate(groups))


def _is_candidate(groups: int) -> ColumnElement[bool]:
    own = user_task_candidate.c.user_task_id == user_task.c.id
    return exists().where(own, user_task_candidate.c.candidate.in_(names_of_groups(groups))).correlate(user_task)


def visible_instances(groups: int, span: Span) -> Iterator[Select[Any]]:
    """The ids of all of them, some several times, in parts. An EXISTS for each row, joined by OR, would be asked until there are
    enough rows that are visible: for most people that is nearly all."""
    parts = (
        select(process_instance.c.id).where(process_instance.c.initiator == PERSON),
        *(select(user_task.c.process_instance_id).where(part) for part in had_by(PERSON)),
        *for_groups(user_task_candidate.c.process_instance_id, groups),
    )
    return (part.where(*span.of(part.selected_columns[0])) for part in parts)
