"""The models of deployed processes, read once in each process of the operating system: a definition never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from uuid import UUID

from engine.bpmn import Model, read
from engine.errors import ModelRefused, NotFound
from engine.store import deployments, process_definitions
from engine.store.unit_of_work import UnitOfWork

#: Models kept in memory; the one not used for longest goes first.
MAX_MODELS = 500

_models: OrderedDict[UUID, Model] = OrderedDict()
_lock = threading.Lock()


def model_of(work: UnitOfWork, definition_id: UUID) -> Model:
    """The model of a process definition. Raises NotFound for an unknown id."""
    model = _remembered(definition_id)
    if model is None:
        model = _read(work, definition_id)
        remember(definition_id, model)
    return model


def remember(definition_id: UUID, model: Model) -> None:
    with _lock:
        _models[definition_id] = model
        if len(_models) > MAX_MODELS:
            _models.popitem(last=False)


def _remembered(definition_id: UUID) -> Model | None:
    with _lock:
        model = _models.get(definition_id)
        if model is not None:
            _models.move_to_end(definition_id)
        return model


def _read(work: UnitOfWork, definition_id: UUID) -> Model:
    definition = process_definitions.find(work, definition_id)
    if definition is None:
        raise NotFound(kind="process definition", id=definition_id)
    reading = read(deployments.content(work, definition.resource_id))
    if reading.model is None:
        raise ModelRefused(count=len(reading.errors), problems=reading.problems)
    return reading.model
