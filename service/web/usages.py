"""Where forms, decisions and processes are used: the steps of the newest version of each process that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine import process_definitions
from engine.bpmn import ElementFacts
from engine.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork
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
    elements = process_definitions.elements(work, definition.id).values()
    return tuple(reference for facts in elements for reference in _references(facts))


def grouped(found: tuple[Reference, ...]) -> list[tuple[Kind, str, tuple[str, ...]]]:
    """Each thing once, with the steps that name it."""
    things = dict.fromkeys((each.kind, each.key) for each in found if not each.key.startswith("="))
    return [(kind, key, _steps(found, kind, key)) for kind, key in things]


def _references(facts: ElementFacts) -> Iterator[Reference]:
    step = named(facts.name, facts.name_en) or facts.id
    for kind, key in (("form", facts.form), ("decision", facts.decision), ("called", facts.called)):
        if key:
            yield Reference(kind, key, step)  # type: ignore[arg-type]  # one of Kind


def _steps(found: tuple[Reference, ...], kind: Kind, key: str) -> tuple[str, ...]:
    return tuple(each.step for each in found if (each.kind, each.key) == (kind, key))
