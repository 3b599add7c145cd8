"""User tasks of somebody, in parts that an index finds: all of them together are the tasks a person sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, select

from engine.facts.actor import Actor
from engine.store.columns import written
from engine.store.user_tasks import CLOSED_BY_OTHERS, Status, user_task, user_task_candidate

OPEN = user_task.c.status == written("open")
COMPLETED = user_task.c.status == written("completed")
CANCELLED = user_task.c.status == written("cancelled")
OF_STATUS: Mapping[Status, ColumnElement[bool]] = {"open": OPEN, "completed": COMPLETED, "cancelled": CANCELLED}


def had_by(person: BindParameter[str], status: Status | None = None) -> tuple[ColumnElement[bool], ...]:
    """Tasks that a person has or had: assigned and open; done; and the few that were taken away from them."""
    assigned = and_(OPEN, user_task.c.assignee == person)
    done = and_(COMPLETED, user_task.c.completed_by == person)
    taken_away = and_(CLOSED_BY_OTHERS, user_task.c.assignee == person)
    parts: Mapping[Status | None, tuple[ColumnElement[bool], ...]] = {
        "open": (assigned,),
        "completed": (done, and_(taken_away, COMPLETED)),
        "cancelled": (and_(taken_away, CANCELLED),),
        None: (assigned, done, taken_away),
    }
    return parts[status]


def for_groups(column: ColumnElement[Any], groups: int) -> tuple[Select[Any], ...]:
    """A column of the candidates of each of so many groups: of tasks that are open and that nobody has."""
    return tuple(select(column).where(user_task_candidate.c.candidate == group) for group in names_of_groups(groups))


def names_of_groups(groups: int) -> tuple[BindParameter[str], ...]:
    """Parameters, one for each: a list as one parameter is another statement for each length."""
    return tuple(bindparam(f"group_{number}", type_=user_task_candidate.c.candidate.type) for number in range(groups))


PERSON: BindParameter[str] = bindparam("person", type_=user_task.c.assignee.type)


def parameters(actor: Actor) -> dict[str, Any]:
    """Who looks: PERSON, and the names of their groups."""
    return {"person": actor.id} | {f"group_{number}": group for number, group in enumerate(sorted(actor.groups))}
