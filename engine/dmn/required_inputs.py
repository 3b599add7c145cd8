"""What has to be given to evaluate a decision: for forms, command lines and messages."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.definitions import Decision
from engine.dmn.model import Key, LinkedDecision, Model
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.feel.types import ANY


@dataclass(frozen=True, slots=True)
class RequiredInput:
    """`type` as FEEL writes it. `is_declared` is False for a name that the logic uses without input data."""

    name: str
    type: str
    is_declared: bool = True


def required_inputs(model: Model, id_or_name: str) -> tuple[RequiredInput, ...]:
    """The inputs that a decision and all it requires read, each once, those of the decision itself first.

    Raises NotFound for an unknown decision.
    """
    linked = model.find_decision(id_or_name)
    if linked is None:
        raise NotFound(kind=Sentence("decision"), id=id_or_name)
    found: dict[str, RequiredInput] = {}
    seen: set[Key] = set()
    waiting = [(model, linked)]
    while waiting:
        owner, current = waiting.pop(0)
        key = (owner.namespace, current.decision.id)
        if key not in seen:
            seen.add(key)
            waiting += _read(owner, current, found)
    return tuple(found.values())


def _read(model: Model, linked: LinkedDecision, found: dict[str, RequiredInput]) -> list[tuple[Model, LinkedDecision]]:
    """Notes the inputs of one decision; gives the decisions it requires."""
    required = []
    for reference in linked.information:
        owner = reference.model or model
        if isinstance(reference.element, Decision):
            required.append((owner, owner.linked_decisions[reference.element.id]))
            continue
        name = reference.element.variable.name
        found.setdefault(name, RequiredInput(name, str(owner.input_types[reference.element.id])))
    for name in sorted(linked.undeclared):
        found.setdefault(name, RequiredInput(name, str(ANY), is_declared=False))
    return required
