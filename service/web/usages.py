"""Where forms, decisions and processes are used: the steps of the newest version of each process that name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.bpmn import ElementFacts
from engine.definitions import decisions, forms, process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.facts.errors import NotFound
from engine.store.unit_of_work import UnitOfWork
from service.web import decision_sheets
from service.web.languages import named

Kind = Literal["form", "decision", "called"]


@dataclass(frozen=True, slots=True)
class Usage:
    """`steps` are the names of the elements that name it."""

    definition: ProcessDefinition
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What one element of a process names."""

    kind: Kind
    key: str
    step: str


def of(work: UnitOfWork, kind: Kind, key: str) -> tuple[Usage, ...]:
    """By process key."""
    found = ((each, _steps(references(work, each), kind, key)) for each in process_definitions.list_(work))
    return tuple(Usage(definition, steps) for definition, steps in found if steps)


def references(work: UnitOfWork, definition: ProcessDefinition) -> tuple[Reference, ...]:
    """Everything its elements name, in the order of the model."""
    elements = process_definitions.elements(work, definition).values()
    return tuple(reference for facts in elements for reference in _references(facts))


def named_references(work: UnitOfWork, definition: ProcessDefinition) -> list[tuple[Kind, str, str, tuple[str, ...]]]:
    """Each thing once: its kind, key and name, and the steps that name it; not what expressions name when they run."""
    found = references(work, definition)
    things = dict.fromkeys((each.kind, each.key) for each in found if not each.key.startswith("="))
    return [(kind, key, _name(work, kind, key), _steps(found, kind, key)) for kind, key in things]


def _name(work: UnitOfWork, kind: Kind, key: str) -> str:
    """Of its newest version; the key when it has no name, or is not deployed any more."""
    try:
        return NAMES[kind](work, key) or key
    except NotFound:
        return key


def _process_name(work: UnitOfWork, key: str) -> str:
    definition = process_definitions.get_by_key(work, key)
    return named(definition.name, definition.name_en)


def _form_name(work: UnitOfWork, key: str) -> str:
    schema = forms.get(work, key).schema
    return named(str(schema.get("name") or ""), str(schema.get("nameEn") or ""))


def _decision_name(work: UnitOfWork, key: str) -> str:
    sheets = decision_sheets.read(decisions.xml(work, decisions.get(work, key)))
    return next((sheet.name for sheet in sheets if sheet.key == key), "")


NAMES: Mapping[Kind, Callable[[UnitOfWork, str], str]] = {
    "form": _form_name,
    "decision": _decision_name,
    "called": _process_name,
}


def _references(facts: ElementFacts) -> Iterator[Reference]:
    step = named(facts.name, facts.name_en) or facts.id
    for kind, key in (("form", facts.form), ("decision", facts.decision), ("called", facts.called)):
        if key:
            yield Reference(kind, key, step)  # type: ignore[arg-type]  # one of Kind


def _steps(found: tuple[Reference, ...], kind: Kind, key: str) -> tuple[str, ...]:
    return tuple(each.step for each in found if (each.kind, each.key) == (kind, key))
