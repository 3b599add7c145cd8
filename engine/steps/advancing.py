"""One step of a process instance: restored, acted upon, derived into rows, recorded. One path for people, jobs, timers, messages.

Nothing is locked while the step is computed. When somebody else was faster, everything is done again from what the database then
says. After five losses the instance is locked, so that the sixth cannot be one:

    for locked in attempts(work):
        granted = access.user_task(work, id, to="complete", locked=locked)
        instance = advance(work, granted.instance, Deed(Complete(granted.task.token, variables)))
        if instance is not None:
            return instance
    raise Conflict(what=f"'{granted.task.name}'")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from engine.bpmn import Execution, StepFailed
from engine.facts import events as happened
from engine.facts.computing import one_step
from engine.facts.errors import ProcessInstanceEnded, ProcessInstanceSuspended
from engine.facts.events import Event
from engine.facts.step_times import observe
from engine.facts.verbs import VERBS
from engine.steps.commands import Cancel, Command, as_json
from engine.steps.derived_rows import derive
from engine.steps.failed_steps import Failed
from engine.steps.keeping import require_kept
from engine.steps.restoring import answers, restored
from engine.steps.surroundings import surroundings_of
from engine.steps.transitions import said, tell_who_was_asked, transition
from engine.store import recording
from engine.store.changes import CompletedTask, Step
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.unit_of_work import UnitOfWork

#: How often a step is computed without a lock before it is computed under one.
TRIES = 5

#: Where a token is no more, nothing is left to repair.
_LEAVING = (
    happened.ElementCompleted,
    happened.ElementCancelled,
    happened.UserTaskCompleted,
    happened.UserTaskCancelled,
    happened.JobCompleted,
    happened.JobCancelled,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A command, and what goes with it: its element in the history, the row it completes, the files it takes along."""

    command: Command
    element: str | None = None
    completes: CompletedTask | None = None
    #: Attachments that the actor has added to nothing yet.
    adopts: Sequence[UUID] = ()
    while_suspended: bool = False
    #: Of a start: how many starts by events came before it in its chain.
    depth: int | None = None
    #: What the person said about it.
    why: str | None = None


def attempts(work: UnitOfWork) -> Iterator[bool]:
    """Whether to read under a lock: not as long as the next one may well be the fastest, and at last yes."""
    yield from (attempt == TRIES for attempt in range(TRIES + 1))


def advance(work: UnitOfWork, stored: StoredInstance, deed: Deed) -> ProcessInstance | None:
    """The process instance after the step, recorded; None when somebody else has changed it since it was read.

    Refuses: ProcessInstanceEnded, ProcessInstanceSuspended. Raises Failed, which leaves everything as it was.
    """
    is_alone, began = not work.is_writing, perf_counter()
    require_running(stored.row, deed.command.verb, while_suspended=deed.while_suspended)
    step = _compute(work, stored, deed)
    if not recording.record(work, step):
        return None
    if is_alone:
        work.seal()
    observe(deed.command.verb, perf_counter() - began)
    return step.instance


def require_running(instance: ProcessInstance, verb: str, *, while_suspended: bool = False) -> None:
    if instance.status == "ended":
        raise ProcessInstanceEnded(verb=VERBS[verb], title=instance.title, at=instance.ended_at)
    if instance.status == "suspended" and not while_suspended:
        raise ProcessInstanceSuspended(verb=VERBS[verb], title=instance.title)


def _compute(work: UnitOfWork, stored: StoredInstance, deed: Deed) -> Step:
    try:
        with one_step():
            execution = restored(work, stored)
            events = deed.command.act(execution, work.now)
            return stepped(work, stored.row, execution, events, deed, answers(work, stored), chain=stored.chain)
    except StepFailed as fault:
        element, token = (fault.element, fault.token) if fault.element else (deed.element or "", deed.command.token)
        raise Failed(stored.row, element=element, token=token, definition=fault.definition, cause=fault.cause) from fault


def stepped(
    work: UnitOfWork,
    instance: ProcessInstance,
    execution: Execution,
    events: Sequence[Event],
    deed: Deed,
    answers: Sequence[Any],
    *,
    chain: bytes,
) -> Step:
    """What is to be recorded of a process instance that has been acted upon; `instance` is as it was before, with that `chain`.
    Raises StepFailed.

    `answers` are those of the host, which a repetition would give again.
    """
    completes = deed.element if deed.completes is not None else None
    changes = derive(events, surroundings_of(work, instance, completes=completes, depth=deed.depth))
    changes.completed_user_task = deed.completes
    changes.adopted_attachments.extend(deed.adopts)
    if instance.has_incidents:
        changes.settled_incidents = [deed.command.token, *(event.token for event in events if isinstance(event, _LEAVING))]
    changes.settles_all_incidents = execution.is_ended and (instance.has_incidents or isinstance(deed.command, Cancel))
    after = after_step(instance, execution, events, work.now, steps=int(deed.completes is not None))
    verb = deed.command.verb
    command = as_json(deed.command, answers)
    beside = said(work, deed.why, deed.completes, deed.adopts)
    logged = transition(work, instance, verb, events, element=deed.element, beside=beside, command=command)
    tell_who_was_asked(logged.events, changes.user_tasks)
    state = execution.save()
    require_kept(after, state, changes)
    return Step(after, state, chain, logged, changes)


def after_step(
    instance: ProcessInstance, execution: Execution, events: Sequence[Event], now: datetime, *, steps: int
) -> ProcessInstance:
    """The row of a process instance that has been acted upon. `steps`: user tasks that people completed by it."""
    status, outcome, ended_at = instance.status, instance.outcome, instance.ended_at
    if execution.is_ended:
        ends = [event for event in events if isinstance(event, happened.ProcessInstanceEnded)]
        status, outcome, ended_at = "ended", ends[-1].outcome if ends else "completed", now
    return instance.after_step(
        title=execution.title() or instance.title,
        business_key=instance.business_key or execution.business_key(),
        status=status,
        outcome=outcome,
        ended_at=ended_at,
        steps_done=instance.steps_done + steps,
    )
