"""The work of people: list, get, claim, unclaim, assign, save a draft, complete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access, bpmn
from engine.access import GrantedTask, TaskVerb
from engine.bpmn import ElementFacts
from engine.definitions.models import model_of
from engine.facts.errors import Conflict, Invalid, UserTaskAlreadyClosed, UserTaskAlreadyCompleted
from engine.facts.events import UserTaskAssigned
from engine.facts.sentences import Sentence
from engine.facts.values import attached, checked_variables
from engine.people.attachments import require as require_files
from engine.people.submission import (
    ENGINE_VARIABLES,
    MAX_COMMENT,
    Submission,
    read_submission,
    shown_variables,
    writable_variables,
)
from engine.steps.advancing import Deed, advance, attempts, require_running
from engine.steps.commands import Complete
from engine.steps.failed_steps import Failed, refuse
from engine.steps.restoring import restored
from engine.steps.transitions import transition
from engine.store import process_instances, recording, user_task_lists, user_tasks
from engine.store.changes import CompletedTask
from engine.store.paging import Page
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_task_lists import Counts, UserTaskFilter, UserTaskItem
from engine.store.user_tasks import UserTask

__all__ = [
    "Completed",
    "Counts",
    "GrantedTask",
    "UserTask",
    "UserTaskFilter",
    "UserTaskItem",
    "assign",
    "case",
    "claim",
    "coming",
    "complete",
    "counts",
    "following",
    "get",
    "list_",
    "open_in",
    "require_worker",
    "save_draft",
    "unclaim",
    "variables",
]


#: Asked about the values that were sent for a task: answers those to take, or refuses.
Review = Callable[[GrantedTask, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Completed:
    """The process instance after the step; `dropped` names the values this task may not write, which were left out.
    `user_task` is the task as it was before."""

    process_instance_id: UUID
    status: process_instances.Status
    dropped: tuple[str, ...]
    user_task: UserTask


def list_(work: UnitOfWork, filter: UserTaskFilter, *, after: str | None = None, limit: int = 20) -> Page[UserTaskItem]:
    """What the actor may see, a page at a time."""
    if not access.has_tasks(work.actor):
        return Page(())
    return user_task_lists.list_(work, filter, after=after, limit=limit)


def following(work: UnitOfWork, filter: UserTaskFilter, task: UserTask) -> UserTaskItem | None:
    """What comes after the task in a list of open tasks: from its end the list begins anew. None when nothing else is in it."""
    for after in (user_task_lists.cursor(task, filter.sort), None):
        for item in user_task_lists.list_(work, filter, after=after, limit=2).items:
            if item.id != task.id:
                return item
    return None


def open_in(work: UnitOfWork, instances: Sequence[ProcessInstance]) -> Mapping[UUID, Sequence[UserTaskItem]]:
    """The open tasks of process instances that the actor has been shown, by instance, in the order they were created."""
    found: defaultdict[UUID, list[UserTaskItem]] = defaultdict(list)
    running = [each.id for each in instances if not each.is_ended]
    for item in user_task_lists.open_in(work, running) if running else ():
        found[item.process_instance_id].append(item)
    return found


def coming(work: UnitOfWork, waiting: Sequence[UserTask]) -> tuple[ElementFacts, ...]:
    """The steps that certainly follow the open tasks of a process instance, whatever people decide; each once."""
    models = ((model_of(work, task.definition_id), task.element) for task in waiting)
    steps = {step.id: step for model, element in models for step in bpmn.find_coming(model, element)}
    return tuple(step for id, step in steps.items() if id not in {task.element for task in waiting})


def counts(work: UnitOfWork) -> Counts:
    """Of what the lists show."""
    return user_task_lists.counts(work) if access.has_tasks(work.actor) else Counts(0, 0, 0)


def get(work: UnitOfWork, id: UUID) -> GrantedTask:
    """With its process instance, for `variables` and `case`; with its draft only for who may work on it now."""
    granted = access.user_task(work, id, to="see")
    return replace(granted, task=_without_draft_of_others(work, granted.task))


def _without_draft_of_others(work: UnitOfWork, task: UserTask) -> UserTask:
    return task if access.works_on(work.actor, task) else replace(task, draft=None, draft_comment=None)


def case(work: UnitOfWork, granted: GrantedTask) -> ProcessInstance:
    """The process instance of the task. Refuses with NotFound who sees the task only because they could have had it."""
    return access.case_of(work, granted)


def variables(work: UnitOfWork, granted: GrantedTask) -> dict[str, Any]:
    """What its form shows: the variables at the task, without those it may not see. A closed task shows those of its process."""
    task, execution = granted.task, restored(work, granted.instance)
    return shown_variables(task, execution.variables_of(task.token) if task.is_open else execution.variables)


def complete(
    work: UnitOfWork,
    id: UUID,
    variables: Mapping[str, Any],
    *,
    outcome: str | None = None,
    comment: str | None = None,
    attachments: Sequence[UUID] = (),
    review: Review | None = None,
) -> Completed:
    """The task is done and the process goes on. A candidate completes without claiming first.

    `review` is asked about the variables once the task is known to be the actor's: it answers those to take, or refuses.
    Refuses: NotFound, UserTaskAlreadyCompleted, UserTaskAlreadyClosed, UserTaskAlreadyClaimed, NotAllowed, Invalid, StepRefused.
    """
    for locked in attempts(work):
        granted = access.user_task(work, id, to="complete", locked=locked)
        task = granted.task
        require_open(task)
        reviewed = variables if review is None else review(granted, variables)
        require_files(work, attachments, granted.instance.id)
        closed = _closed(work, task) if task.form is None and reviewed else ()
        submission = read_submission(task, reviewed, outcome=outcome, comment=comment, closed=closed)
        try:
            instance = advance(work, granted.instance, _completing(task, submission, attachments))
        except Failed as failed:
            refuse(work, failed, name=task.name)
        if instance is not None:
            dropped = tuple(each for each in variables if each not in submission.variables)
            return Completed(instance.id, instance.status, dropped, task)
    raise Conflict(what=Sentence("'{name}'", name=task.name))


def _closed(work: UnitOfWork, task: UserTask) -> Collection[str]:
    """Without a form to say what may be written: not what the engine says, and not what other steps decide."""
    decided = model_of(work, task.definition_id).outcome_variables
    own = {task.facts.outcome_variable} if task.facts.outcomes else set()
    return (ENGINE_VARIABLES | decided) - own


def _completing(task: UserTask, submission: Submission, attachments: Sequence[UUID]) -> Deed:
    return Deed(
        Complete(task.token, submission.variables),
        element=task.element,
        completes=CompletedTask(task.id, submission.outcome, submission.comment, () if task.assignee else task.candidates),
        adopts=(*attachments, *attached(submission.variables)),
    )


def claim(work: UnitOfWork, id: UUID) -> UserTask:
    """The actor has the task from now on; it leaves the inbox of the other candidates."""
    return _reassign(work, id, lambda task: work.actor.id, verb="claim")


def unclaim(work: UnitOfWork, id: UUID) -> UserTask:
    """The task returns to its candidates."""

    def nobody(task: UserTask) -> None:
        if not task.candidates:
            raise Invalid(
                why=Sentence("'{name}' has no candidates to return it to. Assign it to somebody instead.", name=task.name)
            )

    return _reassign(work, id, nobody, verb="unclaim")


def assign(work: UnitOfWork, id: UUID, person: str, *, instead_of: str | None = None) -> UserTask:
    """Gives the task to a person: by who has it, or by who operates. `instead_of`: only while this person has it."""

    def known(task: UserTask) -> str:
        if instead_of is not None and task.assignee != instead_of:
            raise Conflict(what=Sentence("'{name}'", name=task.name))
        return require_worker(work, person)

    return _reassign(work, id, known, verb="assign")


def require_worker(work: UnitOfWork, person: str) -> str:
    """The id of somebody who can be given a task; refuses with Invalid."""
    found = work.directory.find_person(person)
    if found is None or not found.is_active:
        raise Invalid(why=Sentence("there is no active person '{person}'. Choose somebody of the company.", person=person))
    if not found.may_work:
        raise Invalid(
            why=Sentence("{person} may not work on tasks: the right 'work' is missing. Choose somebody else.", person=person)
        )
    return found.id


def save_draft(
    work: UnitOfWork,
    id: UUID,
    values: Mapping[str, Any] | None,
    comment: str | None = None,
    *,
    review: Review | None = None,
) -> tuple[str, ...]:
    """Keeps what is filled in so far, the opinion too, for whoever opens the task next; without values both are forgotten.

    `review` is asked about the values once the task is known to be the actor's: it answers those to keep. The names of the
    others are answered.
    """
    granted = access.user_task(work, id, to="save a draft of", locked=True)
    task = granted.task
    require_open(task)
    require_running(granted.instance.row, "save a draft of")
    if values is None:
        user_tasks.save_draft(work, task, None, None)
        return ()
    kept = writable_variables(task, checked_variables(values))
    if review is not None:
        kept = dict(review(granted, kept))
    user_tasks.save_draft(work, task, kept, _draft_comment(comment))
    return tuple(name for name in values if name not in kept)


def _draft_comment(comment: str | None) -> str | None:
    """As it was typed; what is longer than an opinion may be is refused when the task is completed."""
    return (comment or "").replace("\0", "")[:MAX_COMMENT] or None


def require_open(task: UserTask) -> None:
    if task.status == "completed":
        raise UserTaskAlreadyCompleted(name=task.name, by=task.completed_by, at=_shown(task.completed_at))
    if task.status == "cancelled":
        raise UserTaskAlreadyClosed(name=task.name, at=_shown(task.completed_at))


def _reassign(work: UnitOfWork, id: UUID, choose: Callable[[UserTask], str | None], *, verb: TaskVerb) -> UserTask:
    granted = access.user_task(work, id, to=verb, locked=True)
    task = granted.task
    require_open(task)
    require_running(granted.instance.row, verb)
    assignee = choose(task)
    if assignee != task.assignee:
        user_tasks.assign(work, task, assignee)
        _log(work, granted.instance, task, verb, assignee)
    return _without_draft_of_others(work, replace(task, assignee=assignee))


def _log(work: UnitOfWork, instance: StoredInstance, task: UserTask, verb: str, assignee: str | None) -> None:
    event = UserTaskAssigned(task.token, task.element, str(task.definition_id), assignee)
    if not recording.record_beside(work, instance, transition(work, instance.row, verb, [event], element=task.element)):
        raise Conflict(what=Sentence("'{name}'", name=task.name))


def _shown(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")
