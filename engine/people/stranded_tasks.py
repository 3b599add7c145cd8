"""Open user tasks that nobody can do, because who had them has left, or nobody holds the role any more; and handing them on.

A task that somebody had claimed returns to its candidates. Where none of these may work, it goes to whom the rules of its model
find in the company as it is now, and where they find nobody, to the process administrators too; its first candidates keep it, for
the day on which somebody holds their role again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from engine import access
from engine.assignment import LAST_RESORT, Assigned
from engine.assignment.directory import Directory
from engine.assignment.workers import has_workers, why_not, works
from engine.bpmn import StepFailed
from engine.facts.errors import Conflict
from engine.facts.events import UserTaskAssigned, UserTaskCreated
from engine.facts.sentences import Named, Sentence
from engine.steps.derived_rows import derive
from engine.steps.restoring import restored
from engine.steps.surroundings import surroundings_of
from engine.steps.transitions import transition
from engine.store import held_user_tasks, recording, user_tasks
from engine.store.held_user_tasks import HeldTask
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask

__all__ = ["HandedOn", "HeldTask", "hand_on", "held_by", "is_left_to_operators", "is_stranded", "stranded", "would_go"]


@dataclass(frozen=True, slots=True)
class HandedOn:
    """Where a task went: to one person, or to candidates who may claim it."""

    process_instance_id: UUID
    key: str
    element: str
    name: str
    name_en: str
    was_with: str | None
    assignee: str | None
    candidates: tuple[str, ...]


def stranded(work: UnitOfWork) -> Iterator[HeldTask]:
    """Each once, for who operates: those of assignees who may not work, then those whose candidates are nobody."""
    access.right(work, "operate", to=Sentence("see tasks that nobody can do"))
    gone = [id for id in held_user_tasks.assignees(work) if not works(work.directory, id)]
    yield from held_user_tasks.of_assignees(work, gone)
    unheld = [key for key in held_user_tasks.candidates(work) if not has_workers(work.directory, key)]
    seen: set[UUID] = set()
    for task in held_user_tasks.of_candidates(work, unheld):
        if task.id not in seen and is_stranded(work.directory, task):
            seen.add(task.id)
            yield task


def held_by(work: UnitOfWork, person: str) -> Iterator[HeldTask]:
    """The open tasks that somebody has, for who operates."""
    access.right(work, "operate", to=Sentence("see the tasks of others"))
    return held_user_tasks.of_assignees(work, (person,))


def is_stranded(directory: Directory, task: UserTask | HeldTask) -> bool:
    """Of an open task: nobody who has it, or could claim it, may work."""
    if task.assignee is not None:
        return not works(directory, task.assignee)
    return not any(has_workers(directory, key) for key in task.candidates)


def is_left_to_operators(task: UserTask | HeldTask) -> bool:
    """Whether a stranded task has gone to the process administrators already, so that only who operates can assign it."""
    return task.assignee is None and LAST_RESORT in task.candidates


def hand_on(work: UnitOfWork, id: UUID) -> HandedOn | None:
    """None when the task is closed, somebody can do it, or nobody else was found. It is a change of its process instance, which
    the history tells."""
    granted = access.user_task(work, id, to="assign", locked=True)
    task, stored = granted.task, granted.instance
    found = _find_holders(work, stored, task)
    if found is None:
        return None
    user_tasks.hand_on(work, task, found.assignee, found.candidates, task.facts.because(found.trace))
    event = UserTaskAssigned(task.token, task.element, str(task.definition_id), found.assignee, found.candidates)
    if not recording.record_beside(work, stored, transition(work, stored.row, "hand on", [event], element=task.element)):
        raise Conflict(what=Sentence("'{name}'", name=task.name))
    return _told(stored, task, found)


def would_go(work: UnitOfWork, id: UUID) -> HandedOn | None:
    """As `hand_on`, by the directory of the unit of work, and nothing is changed."""
    granted = access.user_task(work, id, to="assign")
    found = _find_holders(work, granted.instance, granted.task)
    return None if found is None else _told(granted.instance, granted.task, found)


def _told(stored: StoredInstance, task: UserTask, found: Assigned) -> HandedOn:
    place = (task.process_instance_id, stored.row.key, task.element, task.name, task.name_en)
    return HandedOn(*place, task.assignee, found.assignee, found.candidates)


def _find_holders(work: UnitOfWork, stored: StoredInstance, task: UserTask) -> Assigned | None:
    if not task.is_open or not is_stranded(work.directory, task) or is_left_to_operators(task):
        return None
    return _holders(work, stored, task)


def _holders(work: UnitOfWork, stored: StoredInstance, task: UserTask) -> Assigned:
    reason = _reason(work.directory, task)
    if task.assignee is not None and any(has_workers(work.directory, key) for key in task.candidates):
        back = Sentence("So the task is back with its candidates.")
        return Assigned(None, tuple(task.candidates), (*task.facts.why, reason, back))
    anew = _found_anew(work, stored, task)
    kept = task.candidates if LAST_RESORT in anew.candidates else ()
    return Assigned(anew.assignee, tuple(dict.fromkeys((*kept, *anew.candidates))), (reason, *anew.trace))


def _reason(directory: Directory, task: UserTask) -> Sentence:
    if task.assignee is None:
        return Sentence("Nobody who could claim the task may work any more.")
    person = directory.find_person(task.assignee)
    return Sentence("{person} has left.", person=Named(task.assignee)) if person is None else why_not(person)


def _found_anew(work: UnitOfWork, stored: StoredInstance, task: UserTask) -> Assigned:
    """By the rules of the model, as they were evaluated when the task was created."""
    try:
        waiting = restored(work, stored).waiting()
    except StepFailed:
        waiting = []
    created = [event for event in waiting if isinstance(event, UserTaskCreated) and event.token == task.token]
    rows = derive(created, surroundings_of(work, stored.row)).user_tasks
    if not rows:
        return Assigned(None, (LAST_RESORT,), (Sentence("Nobody was found, so the process administrators received it."),))
    return Assigned(rows[0].assignee, tuple(rows[0].candidates), tuple(rows[0].facts.why))
