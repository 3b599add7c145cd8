"""Whose a process instance is: who takes part in it sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, union, union_all

from engine.facts.actor import Actor
from engine.store.columns import written
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import CLOSED_BY_OTHERS, user_task, user_task_candidate

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


#: Tasks that somebody has or had, in parts that an index finds: assigned and open; done; and the few that are closed and were
#: assigned, but done by somebody else or by nobody.
_ASSIGNED = and_(user_task.c.status == written("open"), user_task.c.assignee == bindparam("person"))
_DONE = and_(user_task.c.status == written("completed"), user_task.c.completed_by == bindparam("person"))
_TAKEN_AWAY = and_(CLOSED_BY_OTHERS, user_task.c.assignee == bindparam("person"))
_MINE = user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True))

_INSTANCES: tuple[Select[Any], ...] = (
    select(process_instance.c.id).where(process_instance.c.initiator == bindparam("person")),
    *(select(user_task.c.process_instance_id).where(condition) for condition in (_ASSIGNED, _DONE, _TAKEN_AWAY)),
    select(user_task_candidate.c.process_instance_id).where(_MINE),
)

#: Conditions for lists; their parameters are `person` and `groups`. A set of ids: an EXISTS for each row, joined by OR, makes
#: PostgreSQL read rows until enough of them are visible, which for most people is nearly all.
VISIBLE_INSTANCES = process_instance.c.id.in_(union_all(*_INSTANCES))
VISIBLE_TASKS = or_(
    user_task.c.assignee == bindparam("person"),
    user_task.c.completed_by == bindparam("person"),
    user_task.c.id.in_(
        select(user_task_candidate.c.user_task_id).where(user_task_candidate.c.candidate.in_(bindparam("groups", expanding=True)))
    ),
)


def newest_instances(most: ColumnElement[int], before: UUID | None) -> Select[Any]:
    """Ids of the newest `most` that are visible; each part gives its own newest."""
    parts = (_newest(part, most, before) for part in _INSTANCES)
    found = union(*parts).subquery()
    id = found.c[0]
    return select(id).order_by(id.desc()).limit(most)


def _newest(part: Select[Any], most: ColumnElement[int], before: UUID | None) -> Select[Any]:
    id = part.selected_columns[0]
    older = part if before is None else part.where(id < before)
    return select(older.distinct().order_by(id.desc()).limit(most).subquery().c[0])


def parameters(actor: Actor) -> dict[str, Any]:
    """Who looks."""
    return {"person": actor.id, "groups": sorted(actor.groups)}
