"""Deployed forms, and which of them a user task or a start event shows. A version never changes, so those are kept in memory.

`get` and `list_` ask the gate. Who may do a task or a start is shown its form, whoever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from engine import access
from engine.definitions.models import model_of
from engine.facts.errors import NotFound
from engine.facts.memory import Memory
from engine.facts.sentences import Sentence
from engine.store import form_definitions, process_definitions
from engine.store.form_definitions import FormDefinition
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask

__all__ = ["FormDefinition", "StartReview", "get", "list_", "of_start", "of_task", "versions"]

#: Asked about the variables of a start: the definition, the start event that takes them (None: started by hand), the variables.
#: Answers those to take, or refuses.
StartReview = Callable[[ProcessDefinition, str | None, Mapping[str, Any]], Mapping[str, Any]]

#: Kept in memory: definitions, and forms that they are bound to.
MAX_DEFINITIONS = 1_000
MAX_FORMS = 500

_versions: Memory[UUID, Mapping[str, int]] = Memory(MAX_DEFINITIONS)
_forms: Memory[tuple[UUID, str], FormDefinition] = Memory(MAX_FORMS)


def get(work: UnitOfWork, key: str, version: int | None = None) -> FormDefinition:
    """The newest version of the form, or the one asked for."""
    return access.form_definition(work, key, version=version)


def list_(work: UnitOfWork) -> tuple[FormDefinition, ...]:
    """The newest version of each, by key."""
    access.deployed(work, to=Sentence("see forms"))
    return form_definitions.latest(work)


def newest(work: UnitOfWork, keys: Sequence[str]) -> Mapping[str, FormDefinition]:
    """The newest version of each of these keys that is deployed."""
    access.deployed(work, to=Sentence("see forms"))
    return form_definitions.latest_of(work, keys)


def versions(work: UnitOfWork, form: FormDefinition) -> tuple[FormDefinition, ...]:
    """All of its key, newest first."""
    return form_definitions.versions(work, form.key)


def of_task(work: UnitOfWork, task: UserTask) -> FormDefinition | None:
    """None when the task has no form."""
    return None if task.form is None else _shown(work, task.definition_id, task.element, task.form)


def of_start(work: UnitOfWork, definition: ProcessDefinition, element: str | None = None) -> FormDefinition | None:
    """Of a start event, or of the one by which the process is started by hand. None when it has no form."""
    process = model_of(work, definition.id).processes[definition.key]
    if element is None:
        element = process.none_start.element if process.none_start else ""
    facts = process.elements.get(element)
    return _shown(work, definition.id, element, facts.form) if facts and facts.form else None


def _shown(work: UnitOfWork, definition_id: UUID, element: str, key: str) -> FormDefinition:
    version = _versions.get(definition_id, partial(_bound_versions, work, definition_id)).get(element)
    if version is None:
        return _stored(work, key)
    return _forms.get((definition_id, element), partial(_stored, work, key, version))


def _stored(work: UnitOfWork, key: str, version: int | None = None) -> FormDefinition:
    form = form_definitions.find_by_key(work, key, version)
    if form is None:
        raise NotFound(
            kind=Sentence("form"), id=key if version is None else Sentence("{key} version {version}", key=key, version=version)
        )
    return form


def _bound_versions(work: UnitOfWork, definition_id: UUID) -> Mapping[str, int]:
    definition = process_definitions.find(work, definition_id)
    if definition is None:
        raise NotFound(kind=Sentence("process definition"), id=definition_id)
    return definition.facts.form_versions
