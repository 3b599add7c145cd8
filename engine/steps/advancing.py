"""One step of one process instance: load, restore, act, derive, record. One path for user tasks, jobs, timers and messages.

On PostgreSQL nothing is locked while the step is computed; when somebody else was faster, everything is done again from what the
database then says. After five losses the instance is locked, so that the sixth cannot be one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from engine.bpmn import Execution, StateRefused, StepFailed, Trigger, restore, start
from engine.definitions.models import model_of
from engine.facts import events as happened
from engine.facts.errors import Conflict, ProcessInstanceEnded, ProcessInstanceSuspended
from engine.facts.events import Event
from engine.facts.ids import new_id
from engine.facts.step_times import observe
from engine.steps.derived_rows import Surroundings, derive
from engine.steps.failed_steps import Failed
from engine.steps.host import StoredHost
from engine.steps.transitions import transition
from engine.store import recording, user_tasks
from engine.store.changes import Changes, Step
from engine.store.process_definitions import ProcessDefinition
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
    """What is done to a process instance: the verb and element for its history, the act, what it changes beside the events."""

    verb: str
    act: Callable[[Execution, datetime], Sequence[Event]]
    element: str | None = None
    #: The token that is acted upon: its incident, if any, is over.
    token: int = 0
    add: Callable[[Changes], None] | None = None
    while_suspended: bool = False
    #: What the person said about it.
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Initiator:
    """For whom a process instance runs, when that is not the actor."""

    id: str
    department: str | None


Load = Callable[[bool], tuple[StoredInstance, Deed]]


def advance(work: UnitOfWork, load: Load) -> ProcessInstance:
    """`load(locked)` reads the instance and what is to be done, or refuses. Failed leaves everything as it was."""
    is_alone = not work.is_writing
    for attempt in range(TRIES + 1):
        began = perf_counter()
        stored, deed = load(attempt == TRIES or not work.database.is_postgresql)
        require_running(stored.row, deed.verb, while_suspended=deed.while_suspended)
        step = _compute(work, stored, deed)
        if recording.record(work, step):
            if is_alone:
                work.seal()
            observe(deed.verb, perf_counter() - began)
            return step.instance
    raise Conflict(what=f"'{stored.row.title}'")


def begin(
    work: UnitOfWork,
    definition: ProcessDefinition,
    variables: Mapping[str, Any],
    *,
    business_key: str | None,
    trigger: Trigger | None,
    initiator: Initiator | None = None,
    attachments: Sequence[UUID] = (),
) -> ProcessInstance:
    """A new process instance, run until every path waits. StepFailed leaves nothing."""
    is_alone = not work.is_writing
    began, now = perf_counter(), work.now
    who = initiator or Initiator(work.actor.id, work.actor.department)
    execution = start(
        model_of(work, definition.id),
        definition.key,
        str(definition.id),
        {**variables, **_of_person(work, who)},
        now=now,
        host=StoredHost(work, definition.id),
        trigger=trigger,
    )
    instance = _begun(definition, execution, who, business_key, now)
    started = Deed("start", lambda execution, now: execution.started, add=_adopting(attachments))
    step = _step(work, instance, execution, execution.started, started)
    recording.record_start(work, step)
    if is_alone:
        work.seal()
    observe(started.verb, perf_counter() - began)
    return step.instance


def _of_person(work: UnitOfWork, who: Initiator) -> Mapping[str, Any]:
    """What models read of the person who started an instance. Nobody starts one in another person's name."""
    if work.directory.find_person(who.id) is None:
        return {}
    return {"initiator": who.id, "initiatorDepartment": who.department}


def _begun(
    definition: ProcessDefinition, execution: Execution, who: Initiator, business_key: str | None, now: datetime
) -> ProcessInstance:
    """Before its first step."""
    return ProcessInstance(
        id=new_id(now),
        definition_id=definition.id,
        key=definition.key,
        business_key=business_key or execution.business_key(),
        title=execution.title() or definition.name,
        status="running",
        outcome=None,
        version=0,
        initiator=who.id,
        initiator_department=who.department,
        started_at=now,
        ended_at=None,
        steps_done=0,
        has_incidents=False,
    )


def _adopting(attachments: Sequence[UUID]) -> Callable[[Changes], None]:
    def add(changes: Changes) -> None:
        changes.adopted_attachments.extend(attachments)

    return add


def require_running(instance: ProcessInstance, verb: str, *, while_suspended: bool = False) -> None:
    if instance.status == "ended":
        raise ProcessInstanceEnded(verb=verb, title=instance.title, at=instance.ended_at)
    if instance.status == "suspended" and not while_suspended:
        raise ProcessInstanceSuspended(verb=verb, title=instance.title)


def restored(work: UnitOfWork, stored: StoredInstance) -> Execution:
    """The execution in memory. A state that cannot be read is a StepFailed: somebody has to look at it."""
    try:
        return restore(stored.state, host=StoredHost(work, stored.row.definition_id))
    except StateRefused as fault:
        raise StepFailed(str(fault)) from fault


def _compute(work: UnitOfWork, stored: StoredInstance, deed: Deed) -> Step:
    try:
        execution = restored(work, stored)
        return _step(work, stored.row, execution, deed.act(execution, work.now), deed)
    except StepFailed as fault:
        element, token = (fault.element, fault.token) if fault.element else (deed.element or "", deed.token)
        raise Failed(stored.row, element=element, token=token, definition=fault.definition, cause=fault.cause) from fault


def _step(work: UnitOfWork, instance: ProcessInstance, execution: Execution, events: Sequence[Event], deed: Deed) -> Step:
    now = work.now
    changes = derive(events, _surroundings(work, instance, deed))
    if deed.add is not None:
        deed.add(changes)
    if instance.has_incidents:
        changes.settled_incidents = [deed.token, *(event.token for event in events if isinstance(event, _LEAVING))]
    after = _after(instance, execution, events, now, steps=changes.completed_user_task is not None)
    logged = transition(work, instance, deed.verb, events, element=deed.element, why=deed.why)
    return Step(after, execution.save(), logged, changes)


def _after(
    instance: ProcessInstance, execution: Execution, events: Sequence[Event], now: datetime, *, steps: int
) -> ProcessInstance:
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


def _surroundings(work: UnitOfWork, instance: ProcessInstance, deed: Deed) -> Surroundings:
    return Surroundings(
        now=work.now,
        directory=work.directory,
        initiator=instance.initiator,
        initiator_department=instance.initiator_department,
        earlier=_earlier(work, instance.id, deed),
    )


def _earlier(work: UnitOfWork, process_instance_id: UUID, deed: Deed) -> Callable[[str], str | None]:
    """Who did a step before: read only when an assignment asks; the task being completed is not in the table yet."""

    def person(element: str) -> str | None:
        if deed.verb == "complete" and deed.element == element:
            return work.actor.id
        return user_tasks.completions(work, process_instance_id).get(element)

    return person
