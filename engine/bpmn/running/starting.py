"""How a process instance begins: at its none start events, or at the start event that a trigger names."""

from __future__ import annotations

from engine.bpmn.contract import FlowNode
from engine.bpmn.elements.events.start import StartEvent
from engine.bpmn.errors import ElementFailed
from engine.bpmn.event_definitions import EventDefinition, NamedDefinition
from engine.bpmn.host import Trigger
from engine.bpmn.kinds import kind_said
from engine.bpmn.running.instance import Instance
from engine.facts.sentences import Sentence


def begin_instance(instance: Instance, trigger: Trigger | None) -> None:
    """Puts the first tokens on their elements."""
    spec = instance.spec
    if trigger is None or (trigger.kind == "none" and trigger.element is None):
        if not spec.starts:
            names = ", ".join(element.name for element in spec.event_starts) or "nothing"
            raise ElementFailed(Sentence("process {name} does not start by itself, only by {names}", name=spec.name, names=names))
        instance.begin(spec.starts)
        return
    element = next((each for each in (*spec.event_starts, *spec.starts) if _is_meant(each, trigger)), None)
    if element is None:
        raise ElementFailed(
            Sentence(
                "process {process} has no start event for {kind} {trigger}",
                process=spec.name,
                kind=kind_said(trigger.kind),
                trigger=trigger.name or trigger.element,
            )
        )
    instance.begin([])
    instance.spawn(element, {"began": _find_index(element, trigger)} if isinstance(element, StartEvent) else {"happened": True})
    for together in spec.starts_together:
        if element in together:
            for other in (each for each in together if each is not element):
                instance.spawn(other)


def _is_meant(element: FlowNode, trigger: Trigger) -> bool:
    if trigger.element is not None:
        return element.name == trigger.element
    return any(_fits(definition, trigger) for definition in element.definitions)


def _find_index(element: FlowNode, trigger: Trigger) -> int:
    """Which of its events has happened."""
    return next((index for index, each in enumerate(element.definitions) if _fits(each, trigger)), 0)


def _fits(definition: EventDefinition, trigger: Trigger) -> bool:
    if definition.kind != trigger.kind:
        return False
    if isinstance(definition, NamedDefinition):
        return bool(definition.name.literal == trigger.name)
    return trigger.name is None
