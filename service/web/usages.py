"""Where forms, decisions and processes are used: the steps of the newest version of each process that name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.bpmn import ElementFacts
from engine.definitions import decisions, forms, process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork
from service.web import decision_sheets
from service.web.definition_names import form_name
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


def of(work: UnitOfWork, newest: Iterable[ProcessDefinition], kind: Kind, key: str) -> tuple[Usage, ...]:
    """Among the newest versions of all processes, by their keys."""
    found = ((each, _steps(references(work, each), kind, key)) for each in newest)
    return tuple(Usage(definition, steps) for definition, steps in found if steps)


def references(work: UnitOfWork, definition: ProcessDefinition) -> tuple[Reference, ...]:
    """Everything its elements name, in the order of the model."""
    elements = process_definitions.elements(work, definition).values()
    return tuple(reference for facts in elements for reference in _references(facts))


def named_references(
    work: UnitOfWork, newest: Iterable[ProcessDefinition], definition: ProcessDefinition
) -> list[tuple[Kind, str, str, tuple[str, ...]]]:
    """Each thing once: its kind, key and name, and the steps that name it; not what expressions name when they run. What has no
    name, or is not deployed any more, goes by its key."""
    found = references(work, definition)
    things = tuple(dict.fromkeys((each.kind, each.key) for each in found if not each.key.startswith("=")))
    names = _names(work, newest, things)
    return [(kind, key, names.get((kind, key)) or key, _steps(found, kind, key)) for kind, key in things]


def _names(
    work: UnitOfWork, newest: Iterable[ProcessDefinition], things: Collection[tuple[Kind, str]]
) -> Mapping[tuple[Kind, str], str]:
    """Of the newest version of each, asked for kind by kind."""
    keys = {wanted: [key for kind, key in things if kind == wanted] for wanted in get_args(Kind)}
    asked = decisions.newest(work, keys["decision"]).values()
    files = decisions.files(work, asked)
    return {
        **{("form", key): form_name(form.schema) for key, form in forms.newest(work, keys["form"]).items()},
        **{("decision", each.key): decision_sheets.of(files[each.key], each.key, each.name).name for each in asked},
        **{("called", each.key): named(each.name, each.name_en) for each in newest},
    }


def _references(facts: ElementFacts) -> Iterator[Reference]:
    step = named(facts.name, facts.name_en) or facts.id
    for kind, key in (("form", facts.form), ("decision", facts.decision), ("called", facts.called)):
        if key:
            yield Reference(kind, key, step)  # type: ignore[arg-type]  # one of Kind


def _steps(found: tuple[Reference, ...], kind: Kind, key: str) -> tuple[str, ...]:
    return tuple(each.step for each in found if (each.kind, each.key) == (kind, key))
