"""Whether the parts of a component are of the kinds that form-js and this service read: texts, numbers, lists, objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "components": (list,),
    "conditional": (dict,),
    "conditional.hide": (str, type(None)),
    "dateLabel": (str,),
    "decimalDigits": (int, type(None)),
    "defaultRepetitions": (int,),
    "expression": (str,),
    "id": (str,),
    "key": (str,),
    "label": (str,),
    "path": (str,),
    "properties": (dict,),
    "subtype": (str,),
    "timeLabel": (str,),
    "type": (str,),
    "validate": (dict,),
    "validate.pattern": (str, type(None)),
    "validate.patternErrorMessage": (str, type(None)),
    "values": (list,),
    "valuesExpression": (str,),
    "valuesKey": (str,),
}


ABSENT: Final[Any] = object()

Found = tuple[Mapping[str, Any], Problem]


def misshapen(around: Mapping[str, Any]) -> Iterator[Found]:
    """What in the components below is of another kind than it has to be."""
    for component in around.get("components", ()):
        if not isinstance(component, dict):
            yield around, _problem("components", component, around)
            continue
        wrong = list(_wrong(component))
        yield from ((component, _problem(name, value, component)) for name, value in wrong)
        if not wrong:
            yield from misshapen(component)


def _wrong(component: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, kinds in _KINDS.items():
        outer, _, inner = name.partition(".")
        value = component.get(outer, ABSENT)
        if inner:
            value = value.get(inner, ABSENT) if isinstance(value, dict) else ABSENT
        if value is not ABSENT and (type(value) is bool or not isinstance(value, kinds)):
            yield name, value
    properties = component.get("properties")
    for name, value in properties.items() if isinstance(properties, dict) else ():
        if not isinstance(value, str):  # they are for this service, and texts
            yield f"properties.{name}", value


def _problem(name: str, value: Any, component: Mapping[str, Any]) -> Problem:
    where = next((each for key in ("key", "path", "id") if isinstance(each := component.get(key), str)), "")
    sentence = Sentence("{name} cannot be {value}.", name=name, value=repr(value)[:60])
    return Problem("form-structure", sentence, where, fix=Sentence("Save it with the form editor."))
