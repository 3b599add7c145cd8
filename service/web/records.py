"""审批记录: who did what in a process instance, in order, and who is asked now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from engine import process_instances
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from engine.user_tasks import UserTask
from service.web import outcomes, people
from service.web.formats import span
from service.web.languages import named


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the record. `who` is a name or, while nobody has the task, all that could; `took` how long it lasted."""

    who: str
    person: str | None
    action: str
    name: str
    at: datetime | None
    comment: str = ""
    took: str = ""
    is_waiting: bool = False
    is_negative: bool = False


def of_instance(work: UnitOfWork, instance: ProcessInstance) -> tuple[Step, ...]:
    """From the start to the steps that wait; what was cancelled on the way is left out."""
    tasks = [task for task in process_instances.record(work, instance.id) if task.status != "cancelled"]
    done = sorted((task for task in tasks if not task.is_open), key=lambda task: (task.completed_at or work.now, task.id))
    return (_start(instance), *map(_done, done), *(_waiting(task, work.now) for task in tasks if task.is_open), *_end(instance))


def _start(instance: ProcessInstance) -> Step:
    return Step(
        who=people.person_name(instance.initiator),
        person=instance.initiator,
        action=gettext("started"),
        name=gettext("Start"),
        at=instance.started_at,
    )


def _done(task: UserTask) -> Step:
    return Step(
        who=people.person_name(task.completed_by),
        person=task.completed_by,
        action=outcomes.outcome_name(task) or gettext("done"),
        name=named(task.name, task.name_en),
        at=task.completed_at,
        comment=task.comment or "",
        took=gettext("took %(span)s", span=span(task.completed_at - task.created_at)) if task.completed_at else "",
        is_negative=outcomes.is_negative(task),
    )


def _waiting(task: UserTask, now: datetime) -> Step:
    candidates = gettext(", ").join(map(people.candidate_name, task.candidates))
    return Step(
        who=people.person_name(task.assignee) if task.assignee else candidates,
        person=task.assignee,
        action=gettext("in progress") if task.assignee else gettext("to be claimed"),
        name=named(task.name, task.name_en),
        at=task.created_at,
        took=gettext("waiting for %(span)s", span=span(now - task.created_at)),
        is_waiting=True,
    )


def _end(instance: ProcessInstance) -> Iterator[Step]:
    """How it ended, when it has."""
    if instance.is_ended:
        words = {
            "completed": gettext("finished"),
            "cancelled": gettext("cancelled"),
            "terminated": gettext("terminated"),
            "error": gettext("ended by an error"),
        }
        yield Step(gettext("Process"), None, words.get(instance.outcome or "", ""), gettext("End"), instance.ended_at)
