"""The models of deployed decisions, read once in each process of the operating system: a definition never changes."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from engine.definitions.dmn_files import read_together
from engine.dmn import Model
from engine.facts.errors import ModelRefused
from engine.facts.memory import Memory
from engine.store import deployments
from engine.store.decision_definitions import DecisionDefinition
from engine.store.unit_of_work import UnitOfWork

#: Models kept in memory.
MAX_MODELS = 200

_models: Memory[UUID, Model] = Memory(MAX_MODELS)


def decision_model_of(work: UnitOfWork, definition: DecisionDefinition) -> Model:
    return _models.get(definition.resource_id, partial(_read, work, definition))


def _read(work: UnitOfWork, definition: DecisionDefinition) -> Model:
    """With the files of the same deployment, which it may import."""
    files = {file.name: file for file in deployments.files(work, definition.deployment_id) if file.name.endswith(".dmn")}
    readings = read_together({name: file.content for name, file in files.items()})
    name = next(name for name, file in files.items() if file.id == definition.resource_id)
    model, problems = readings[name].model, readings[name].problems
    if model is None:
        raise ModelRefused(count=len(problems), problems=problems)
    return model
