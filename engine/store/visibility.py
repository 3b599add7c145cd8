"""Whose a process instance is: who takes part in it sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select

from engine.facts.actor import Actor
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

_HAS_OR_HAD = exists().where(
    user_task.c.process_instance_id == bindparam("id"),
    or_(user_task.c.assignee == bindparam("person"), user_task.c.completed_by == bindparam("person")),
)
_IS_CANDIDATE = exists().where(
    user_task.c.process_instance_id == bindparam("id"),
    user_task_candidate.c.user_task_id == user_task.c.id,
    user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True)),
)
_TAKES_PART = select(or_(_HAS_OR_HAD, _IS_CANDIDATE))


def takes_part(work: UnitOfWork, process_instance_id: UUID, actor: Actor) -> bool:
    """Whether the actor has or had a task there, or is a candidate of an open one."""
    who = {"id": process_instance_id, **parameters(actor)}
    return bool(work.connection.execute(_TAKES_PART, who).scalar_one())


#: Conditions for lists; their parameters are `person` and `groups`.
VISIBLE_INSTANCES = or_(
    process_instance.c.initiator == bindparam("person"),
    exists().where(
        user_task.c.process_instance_id == process_instance.c.id,
        or_(user_task.c.assignee == bindparam("person"), user_task.c.completed_by == bindparam("person")),
    ),
    exists().where(
        user_task_candidate.c.process_instance_id == process_instance.c.id,
        user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True)),
    ),
)
VISIBLE_TASKS = or_(
    user_task.c.assignee == bindparam("person"),
    user_task.c.completed_by == bindparam("person"),
    user_task.c.id.in_(
        select(user_task_candidate.c.user_task_id).where(user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True)))
    ),
)


def parameters(actor: Actor) -> dict[str, Any]:
    """Who looks."""
    return {"person": actor.id, "groups": sorted(actor.groups)}
