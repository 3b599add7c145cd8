"""Decisions: which are deployed, and what they answer. `get` and `evaluate` ask the gate; what else is told of a decision, is
told of one that `get` has granted. `definition` and `decide` are for processes, which ask for nobody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access, dmn
from engine.definitions.decision_models import decision_model_of
from engine.definitions.functions import FUNCTIONS
from engine.dmn import RequiredInput
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.facts.values import checked_variables
from engine.store import decision_definitions, deployments
from engine.store.decision_definitions import DecisionDefinition
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Decided", "DecisionDefinition", "decide", "definition", "evaluate", "get", "inputs", "list_", "versions", "xml"]


@dataclass(frozen=True, slots=True)
class Decided:
    """`value` as JSON; `trace` one entry for each decision evaluated, with its tables and the rules that matched; `notes` say
    where and why a value became null."""

    value: Any
    trace: Sequence[Mapping[str, Any]]
    notes: Sequence[dmn.Note]


def list_(work: UnitOfWork) -> tuple[DecisionDefinition, ...]:
    """The newest version of each."""
    access.deployed(work, to=Sentence("see decisions"))
    return decision_definitions.latest(work)


def get(work: UnitOfWork, key: str, version: int | None = None) -> DecisionDefinition:
    """The newest version, or the one asked for."""
    return access.decision_definition(work, key, version=version, to="see")


def newest(work: UnitOfWork, keys: Sequence[str]) -> Mapping[str, DecisionDefinition]:
    """The newest version of each of these keys that is deployed."""
    access.deployed(work, to=Sentence("see decisions"))
    return decision_definitions.latest_of(work, keys)


def files(work: UnitOfWork, found: Collection[DecisionDefinition]) -> Mapping[str, bytes]:
    """By key, the files they came in."""
    contents = deployments.contents(work, [each.resource_id for each in found])
    return {each.key: contents[each.resource_id] for each in found}


def versions(work: UnitOfWork, decision: DecisionDefinition) -> tuple[DecisionDefinition, ...]:
    """All of its key, newest first."""
    return decision_definitions.versions(work, decision.key)


def inputs(work: UnitOfWork, decision: DecisionDefinition) -> tuple[RequiredInput, ...]:
    """What has to be given to evaluate it, also what the decisions it requires read."""
    return dmn.required_inputs(decision_model_of(work, decision), decision.key)


def xml(work: UnitOfWork, decision: DecisionDefinition) -> bytes:
    """The file it came in."""
    return deployments.content(work, decision.resource_id)


def evaluate(work: UnitOfWork, key: str, inputs: Mapping[str, Any], *, version: int | None = None) -> Decided:
    """Of a deployed decision, changing nothing. Refuses: NotAllowed, NotFound, Invalid when the model asks for too much."""
    decision = access.decision_definition(work, key, version=version, to="evaluate")
    return decide(work, decision, checked_variables(inputs), work.local_now)


def definition(
    work: UnitOfWork, key: str, *, version: int | None = None, deployment_id: UUID | None = None
) -> DecisionDefinition:
    """The version asked for, the newest one after a deployment, or the newest of all."""
    if version is None and deployment_id is not None:
        found = decision_definitions.find_as_of(work, key, deployment_id)
    else:
        found = decision_definitions.find_by_key(work, key, version)
    if found is None:
        raise NotFound(
            kind=Sentence("decision"),
            id=key if version is None else Sentence("{key} version {version}", key=key, version=version),
        )
    return found


def decide(work: UnitOfWork, definition: DecisionDefinition, inputs: Mapping[str, Any], now: datetime) -> Decided:
    model = decision_model_of(work, definition)
    evaluation = dmn.evaluate(model, definition.key, dmn.inputs_from_json(model, inputs), now=now, functions=FUNCTIONS)
    written = dmn.evaluation_as_json(evaluation)
    return Decided(written["value"], written["trace"], evaluation.notes)
