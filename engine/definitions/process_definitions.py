"""Deployed processes: which there are, their versions, their files, which of them the actor may start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from engine import access
from engine.bpmn import ElementFacts
from engine.definitions.diagrams import diagram_of
from engine.definitions.models import model_of
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.store import deployments, event_starts, process_definitions
from engine.store.event_starts import Pause
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork

__all__ = [
    "Pause",
    "ProcessDefinition",
    "diagram",
    "elements",
    "get",
    "get_by_key",
    "get_to_start",
    "list_",
    "pause_of",
    "several",
    "startable",
    "versions",
    "xml",
]


def list_(work: UnitOfWork) -> tuple[ProcessDefinition, ...]:
    """The newest version of each, by key."""
    return process_definitions.latest(work)


def startable(work: UnitOfWork) -> tuple[ProcessDefinition, ...]:
    """Those the actor may start by hand."""
    if not work.actor.may("start"):
        return ()
    found = (definition for definition in process_definitions.latest(work) if definition.facts.starts_by_hand)
    return tuple(definition for definition in found if access.may_start(work.actor, definition))


def get(work: UnitOfWork, id: UUID) -> ProcessDefinition:
    definition = process_definitions.find(work, id)
    if definition is None:
        raise NotFound(kind=Sentence("process definition"), id=id)
    return definition


def several(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ProcessDefinition]:
    """By id, several at once."""
    return process_definitions.several(work, ids)


def get_by_key(work: UnitOfWork, key: str, version: int | None = None) -> ProcessDefinition:
    """The newest version, or the one asked for."""
    return access.process_definition(work, key, version=version, to="see")


def get_to_start(work: UnitOfWork, key: str) -> ProcessDefinition:
    """The newest version, for who may start it."""
    return access.process_definition(work, key, to="start")


def versions(work: UnitOfWork, key: str) -> tuple[ProcessDefinition, ...]:
    """Newest first."""
    found = process_definitions.versions(work, key)
    if not found:
        raise NotFound(kind=Sentence("process definition"), id=key)
    return found


def pause_of(work: UnitOfWork, key: str) -> Pause | None:
    """Whether events start it no more: why, and since when; None where they may."""
    return event_starts.pause_of(work, key)


def xml(work: UnitOfWork, definition: ProcessDefinition) -> bytes:
    """The file as it was deployed."""
    access.deployed(work, to=Sentence("read process files"))
    return deployments.content(work, definition.resource_id)


def diagram(work: UnitOfWork, definition: ProcessDefinition) -> bytes:
    """What the file draws, for everybody."""
    return diagram_of(deployments.content(work, definition.resource_id))


def elements(work: UnitOfWork, definition: ProcessDefinition) -> Mapping[str, ElementFacts]:
    """The flow nodes of the process by id: their names, lanes, kinds."""
    return model_of(work, definition.id).processes[definition.key].elements
