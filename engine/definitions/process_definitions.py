"""Deployed processes: which there are, their versions, their files, which of them the actor may start."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from engine import access
from engine.bpmn import ElementFacts
from engine.definitions.models import model_of
from engine.facts.errors import NotFound
from engine.store import deployments, process_definitions
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork

__all__ = ["ProcessDefinition", "elements", "get", "get_by_key", "list_", "startable", "versions", "xml"]


def list_(work: UnitOfWork) -> tuple[ProcessDefinition, ...]:
    """The newest version of each, by key."""
    return process_definitions.latest(work)


def startable(work: UnitOfWork) -> tuple[ProcessDefinition, ...]:
    """Those the actor may start by hand."""
    if not work.actor.may("start"):
        return ()
    found = (definition for definition in process_definitions.latest(work) if definition.starts_by_hand)
    return tuple(definition for definition in found if access.may_start(work.actor, definition))


def get(work: UnitOfWork, id: UUID) -> ProcessDefinition:
    definition = process_definitions.find(work, id)
    if definition is None:
        raise NotFound(kind="process definition", id=id)
    return definition


def get_by_key(work: UnitOfWork, key: str, version: int | None = None) -> ProcessDefinition:
    """The newest version, or the one asked for."""
    return access.process_definition(work, key, version=version, to="see")


def versions(work: UnitOfWork, key: str) -> tuple[ProcessDefinition, ...]:
    """Newest first."""
    found = process_definitions.versions(work, key)
    if not found:
        raise NotFound(kind="process definition", id=key)
    return found


def xml(work: UnitOfWork, id: UUID) -> bytes:
    """The file as it was deployed."""
    return deployments.content(work, get(work, id).resource_id)


def elements(work: UnitOfWork, definition: ProcessDefinition) -> Mapping[str, ElementFacts]:
    """The flow nodes of the process by id: their names, lanes, kinds."""
    return model_of(work, definition.id).processes[definition.key].elements
