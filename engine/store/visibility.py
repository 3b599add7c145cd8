"""Whose a process instance is: who takes part in it sees it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, exists, or_, select

from engine.actor import Actor
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

_HAS_OR_HAD = exists().where(
    user_task.c.process_instance_id == bindparam("id"),
    or_(user_task.c.assignee == bindparam("person"), user_task.c.completed_by == bindparam("person")),
)
_IS_CANDIDATE = exists().where(
    user_task_candidate.c.process_instance_id == bindparam("id"),
    user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True)),
)
_TAKES_PART = select(or_(_HAS_OR_HAD, _IS_CANDIDATE))


def takes_part(work: UnitOfWork, process_instance_id: UUID, actor: Actor) -> bool:
    """Whether the actor has or had a task there, or is a candidate of an open one."""
    parameters = {"id": process_instance_id, "person": actor.id, "groups": list(actor.groups)}
    return bool(work.connection.execute(_TAKES_PART, parameters).scalar_one())


def visible_instances(actor: Actor) -> ColumnElement[bool] | None:
    """The condition for a list of process instances; None for somebody who sees them all."""
    if actor.may("operate"):
        return None
    has_or_had = exists().where(
        user_task.c.process_instance_id == process_instance.c.id,
        or_(user_task.c.assignee == actor.id, user_task.c.completed_by == actor.id),
    )
    is_candidate = exists().where(
        user_task_candidate.c.process_instance_id == process_instance.c.id,
        user_task_candidate.c.candidate.in_(sorted(actor.groups)),
    )
    return or_(process_instance.c.initiator == actor.id, has_or_had, is_candidate)


def visible_tasks(actor: Actor) -> ColumnElement[bool] | None:
    """The condition for a list of user tasks; None for somebody who sees them all."""
    if actor.may("operate"):
        return None
    is_candidate = exists().where(
        user_task_candidate.c.user_task_id == user_task.c.id, user_task_candidate.c.candidate.in_(sorted(actor.groups))
    )
    return or_(user_task.c.assignee == actor.id, user_task.c.completed_by == actor.id, is_candidate)
