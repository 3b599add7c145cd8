"""The first step of a process instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from engine.bpmn import Execution, Trigger
from engine.definitions.models import model_of
from engine.facts.computing import one_step
from engine.facts.ids import new_id
from engine.facts.step_times import observe
from engine.steps.advancing import Deed, stepped
from engine.steps.commands import Start
from engine.steps.host import StoredHost
from engine.store import recording
from engine.store.chain import first
from engine.store.changes import Step
from engine.store.process_definitions import ProcessDefinition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Initiator:
    """For whom a process instance runs, when that is not the actor."""

    id: str
    department: str | None


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
    begun = compute(work, definition, variables, business_key, trigger, initiator, attachments)
    return begun.recorded(work)


@dataclass(frozen=True, slots=True)
class Begun:
    """A process instance that is computed and not yet written: whoever has to lock something first, computes before."""

    step: Step
    seconds: float

    def recorded(self, work: UnitOfWork) -> ProcessInstance:
        is_alone, began = not work.is_writing, perf_counter()
        recording.record_start(work, self.step)
        if is_alone:
            work.seal()
        observe(Start.verb, self.seconds + perf_counter() - began)
        return self.step.instance


def compute(
    work: UnitOfWork,
    definition: ProcessDefinition,
    variables: Mapping[str, Any],
    business_key: str | None,
    trigger: Trigger | None,
    initiator: Initiator | None = None,
    attachments: Sequence[UUID] = (),
    depth: int = 0,
) -> Begun:
    """As `begin`, without a word to the database but what the model reads; `depth` is of its chain of starts by events.

    Raises StepFailed.
    """
    began, now = perf_counter(), work.now
    who = initiator or Initiator(work.actor.id, work.actor.department)
    asked = Start({**variables, **_of_person(work, who)}, who.id, who.department, business_key, trigger)
    host = StoredHost(work, definition.id)
    model = model_of(work, definition.id)
    with one_step():
        execution = asked.begin(model, definition.key, str(definition.id), now, host)
        instance = before_first_step(definition, execution, asked, new_id(now), now)
        chain, deed = first(instance.id, definition.id), Deed(asked, adopts=attachments, depth=depth)
        step = stepped(work, instance, execution, execution.started, deed, host.answers, chain=chain)
    return Begun(step, perf_counter() - began)


def _of_person(work: UnitOfWork, who: Initiator) -> Mapping[str, Any]:
    """What models read of the person who started an instance. Nobody starts one in another person's name."""
    if work.directory.find_person(who.id) is None:
        return {}
    return {"initiator": who.id, "initiatorDepartment": who.department}


def before_first_step(
    definition: ProcessDefinition, execution: Execution, asked: Start, id: UUID, now: datetime
) -> ProcessInstance:
    """The row of an execution that has begun, of version 0: nothing of its first step is in it."""
    return ProcessInstance(
        id=id,
        definition_id=definition.id,
        key=definition.key,
        business_key=asked.business_key or execution.business_key(),
        title=execution.title() or definition.name,
        status="running",
        outcome=None,
        version=0,
        initiator=asked.initiator,
        initiator_department=asked.department,
        started_at=now,
        ended_at=None,
        steps_done=0,
        has_incidents=False,
    )
