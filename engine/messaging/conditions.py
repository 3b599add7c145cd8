"""Conditional start events: a process begins when its condition is true for the variables that somebody presents.

Before a process instance exists there are no variables that could change, so nobody can watch such a condition (BPMN §10.5.2
leaves open what it is about): another system tells what is the case, and every process whose condition holds is started.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import access
from engine.bpmn import ElementFailed, StartTrigger, StepFailed, Trigger
from engine.definitions.forms import StartReview
from engine.definitions.functions import FUNCTIONS
from engine.definitions.models import model_of
from engine.facts.computing import one_step
from engine.facts.errors import StepRefused
from engine.facts.sentences import Sentence
from engine.facts.values import checked_text, checked_variables
from engine.process_instances import ProcessInstance
from engine.steps.event_starts import BegunByEvent, begin_by_event
from engine.store import process_definitions
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork

__all__ = ["evaluate"]


def evaluate(
    work: UnitOfWork,
    variables: Mapping[str, Any],
    *,
    business_key: str | None = None,
    key: str | None = None,
    review: StartReview | None = None,
) -> tuple[ProcessInstance, ...]:
    """Starts each process whose condition holds for these variables, which become those of the instance; all of them or none.

    The newest versions are asked; with `key` only that process. `review` answers the variables that the form of the start event
    lets through. Refuses: NotAllowed, NotFound, Invalid, StepRefused when one of them cannot be started.
    """
    access.right(work, "operate", to=Sentence("evaluate conditions"))
    values = checked_variables(variables)
    if business_key is not None:
        checked_text(business_key, Sentence("the business key"))
    asked = process_definitions.latest(work) if key is None else (access.process_definition(work, key, to="see"),)
    with one_step():
        met = [(definition, start) for definition in asked for start in _met(work, definition, values)]
        begun = [_compute(work, definition, start, values, business_key, review) for definition, start in met]
    return tuple(each.recorded(work) for each in begun)


def _met(work: UnitOfWork, definition: ProcessDefinition, values: Mapping[str, Any]) -> Iterator[StartTrigger]:
    if not definition.facts.starts_by_condition:
        return
    for start in model_of(work, definition.id).processes[definition.key].start_triggers:
        try:
            is_met = start.is_true(values, FUNCTIONS, work.local_now)
        except ElementFailed as fault:
            raise StepRefused(name=definition.name, why=fault.sentence) from fault
        if is_met:
            yield start


def _compute(
    work: UnitOfWork,
    definition: ProcessDefinition,
    start: StartTrigger,
    values: Mapping[str, Any],
    business_key: str | None,
    review: StartReview | None,
) -> BegunByEvent:
    taken = values if review is None else checked_variables(review(definition, start.element, values))
    trigger = Trigger("conditional", element=start.element)
    try:
        return begin_by_event(work, definition, taken, trigger, depth=None, business_key=business_key)
    except StepFailed as fault:
        raise StepRefused(name=definition.name, why=fault.cause, now=StepRefused.TRY_AGAIN) from fault
