"""The models of deployed processes, read once in each process of the operating system: a definition never changes."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from engine.bpmn import Model, read
from engine.definitions.functions import FUNCTIONS
from engine.facts.errors import ModelRefused, NotFound
from engine.facts.memory import Memory
from engine.facts.sentences import Sentence
from engine.store import deployments, process_definitions
from engine.store.unit_of_work import UnitOfWork

#: Models kept in memory.
MAX_MODELS = 500

_models: Memory[UUID, Model] = Memory(MAX_MODELS)


def model_of(work: UnitOfWork, definition_id: UUID) -> Model:
    """The model of a process definition. Raises NotFound for an unknown id."""
    return _models.get(definition_id, partial(_read, work, definition_id))


def _read(work: UnitOfWork, definition_id: UUID) -> Model:
    definition = process_definitions.find(work, definition_id)
    if definition is None:
        raise NotFound(kind=Sentence("process definition"), id=definition_id)
    reading = read(deployments.content(work, definition.resource_id), functions=FUNCTIONS, is_deployed=True)
    if reading.model is None:
        raise ModelRefused(count=len(reading.errors), problems=reading.problems)
    return reading.model


def remember(definition_id: UUID, model: Model) -> None:
    """A model that was read already."""
    _models.keep(definition_id, model)
