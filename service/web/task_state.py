"""What the person who looks at a task may do with it, and why they may not."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from engine.facts.actor import Actor
from engine.people import stranded_tasks
from engine.people.user_tasks import UserTask
from service.identity.current import current_actor
from service.web import people
from service.web.formats import moment


@dataclass(frozen=True, slots=True)
class Possible:
    """Which buttons the page has; the verbs decide again."""

    complete: bool
    claim: bool
    unclaim: bool
    assign: bool


def possible(actor: Actor, task: UserTask) -> Possible:
    """As engine.access has it, for buttons."""
    works = task.is_open and actor.may("work")
    is_mine = works and task.assignee == actor.id
    is_free = works and task.assignee is None
    is_candidate = is_free and not actor.groups.isdisjoint(task.candidates)
    steers = task.is_open and (is_mine or actor.may("operate"))
    return Possible(
        complete=is_mine or is_candidate,
        claim=is_candidate,
        unclaim=steers and task.assignee is not None and bool(task.candidates),
        assign=steers,
    )


def state_sentence(task: UserTask) -> str:
    """Why the person cannot act here, and what now; empty while they can."""
    actor = current_actor()
    if task.is_open and task.assignee not in (None, actor.id) and not actor.groups.isdisjoint(task.candidates):
        who = people.person_name(task.assignee)
        return gettext("%(who)s has this task now. Talk to them if you should do it.", who=who)
    if task.is_open and actor.may("operate") and stranded_tasks.is_stranded(people.organisation(), task):
        return gettext("Nobody who has this task, or could claim it, may work on it. Hand it over to somebody.")
    if task.status == "completed":
        at = moment(task.completed_at).striptags()
        return gettext("%(who)s completed this task: %(at)s.", who=people.person_name(task.completed_by), at=at)
    return gettext("This task is closed: the process went another way.") if task.status == "cancelled" else ""
