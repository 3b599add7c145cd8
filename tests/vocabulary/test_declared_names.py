"""Every declared name is accepted where it is declared, and changes what is read of the model."""

from __future__ import annotations

from typing import Any

import pytest

from engine.assignment import STRATEGIES
from engine.bpmn import read
from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.decisions import DECISIONS
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import OWN, PREFIX, Element
from engine.vocabulary.user_tasks import ASSIGNMENT, USER_TASK
from tests.vocabulary.models import CHILDREN, PLACES, attribute, child_with, model_with

each_place = pytest.mark.parametrize(("element", "entry"), PLACES, ids=lambda each: getattr(each, "tag", "") or each.name)
each_child = pytest.mark.parametrize(("element", "child"), CHILDREN, ids=lambda each: each.title)

#: Names that say something only beside others.
BESIDE = {
    "formBinding": f'{PREFIX}form="f"',
    "formVersion": f'{PREFIX}form="f" {PREFIX}formBinding="version"',
    "version": f'{PREFIX}binding="version"',
    "retries": f'{PREFIX}topic="t"',
}
#: What the browser alone draws: english.js takes the English name out of the file.
DRAWN = {
    *("participant", "lane", "sequenceFlow", "messageFlow", "textAnnotation"),
    *("dataObjectReference", "dataStoreReference", "dataInput", "dataOutput"),
}


def told(xml: bytes) -> str:
    """All that was read of a model, as text."""
    reading = read(xml)
    assert reading.model is not None, reading.problems
    return "\n".join(_told(reading.model.processes["p"], {}))


def _told(value: Any, seen: dict[int, Any]) -> list[str]:
    if isinstance(value, str | int | float | bool | type | None):
        return [repr(value)]
    if id(value) in seen:
        return []
    seen[id(value)] = value
    if isinstance(value, dict):
        return [line for key, each in value.items() for line in (f"{key}:", *_told(each, seen))]
    if isinstance(value, list | tuple | set | frozenset):
        return [line for each in value for line in _told(each, seen)]
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    names = sorted({*slots, *getattr(value, "__dict__", ())})
    facts = {name: getattr(value, name, None) for name in names if not name.startswith("_")}
    return [type(value).__name__, *_told(facts, seen)]


@each_place
def test_a_declared_attribute_is_read(element: Element, entry: Entry) -> None:
    beside = BESIDE.get(entry.name, "")
    if element.tag in DRAWN:
        assert entry.name == "nameEn"
        assert told(model_with(element, attribute(element, entry)))
    elif entry.name in ("version", "formVersion"):
        one, two = (told(model_with(element, f"{beside} {attribute(element, entry, value)}")) for value in "12")
        assert one != two
    else:
        assert told(model_with(element, f"{beside} {attribute(element, entry)}")) != told(model_with(element, beside))


@each_child
def test_a_declared_child_is_read_with_each_of_its_attributes(element: Element, child: Element) -> None:
    plain = told(model_with(element, children=child_with(child)))
    assert plain != told(model_with(element))
    for entry in child.attributes:
        if not entry.is_required:
            assert told(model_with(element, children=child_with(child, attribute(child, entry)))) != plain, entry.name


@pytest.mark.parametrize("name", list(STRATEGIES))
def test_a_strategy_is_accepted_as_a_child_and_as_an_attribute_alike(name: str) -> None:
    parameters = [(entry, "x" if entry.kind is Kind.STEP else "1") for entry in STRATEGIES[name].parameters]
    child = " ".join(f'{entry.name}="{value}"' for entry, value in parameters)
    attributes = " ".join(f'{PREFIX}{entry.name}="{value}"' for entry, value in parameters)
    as_child = told(model_with(USER_TASK, children=child_with(ASSIGNMENT, f'strategy="{name}" {child}')))
    assert told(model_with(USER_TASK, f'{PREFIX}strategy="{name}" {attributes}')) == as_child
    assert all(repr(value) in as_child for _, value in parameters)


@each_place
def test_every_allowed_value_is_accepted(element: Element, entry: Entry) -> None:
    for value in allowed(entry):
        assert told(model_with(element, f"{BESIDE.get(entry.name, '')} {attribute(element, entry, value)}"))


def allowed(entry: Entry) -> list[str]:
    if entry.kind is Kind.NUMBER:
        return [str(limit) for limit in entry.limits]
    return [each for each in entry.choices if each not in STRATEGIES and each != "version"]


def test_a_parameter_of_a_strategy_is_no_attribute_of_user_tasks_themselves() -> None:
    """Both may stand at the task: one name with two meanings could not be told apart."""
    own = {entry.name for entry in USER_TASK.attributes}
    assert {entry.name for strategy in STRATEGIES.values() for entry in strategy.parameters} & own == set()


def test_names_are_declared_once_and_explained_in_both_languages() -> None:
    for element in (*MODELS.values(), *DECISIONS.values(), *(child for _, child in CHILDREN)):
        names = [entry.name for entry in element.attributes]
        assert len(names) == len(set(names)), element.tag
        for said in (*(entry.help for entry in element.attributes), *([element.help] if element.is_own else [])):
            assert is_said(said), (element.tag, said)
    assert all(is_said(strategy.help) and strategy.name == name for name, strategy in STRATEGIES.items())


def is_said(said: Said) -> bool:
    return bool(said.english) and any("\u4e00" <= letter <= "\u9fff" for letter in said.chinese)


def test_children_of_a_child_are_those_of_the_table() -> None:
    inner = {child.tag.removeprefix(OWN) for _, child in CHILDREN for child in child.children}
    assert inner == {"input", "output"}
