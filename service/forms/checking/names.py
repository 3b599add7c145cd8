"""Names in a form that nothing reads although one like them would be, and options that cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.facts.errors import Problem
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from service.forms.judging.components import LIMITS, place_of
from service.forms.localisation import ENGLISH

Schema = Mapping[str, Any]

_RULES: Final = (*LIMITS, "required", "pattern", "patternErrorMessage", "validationType")
_TEXTS: Final = (
    "label", "description", "text", "dateLabel", "timeLabel", "prefixAdorner", "suffixAdorner", "patternErrorMessage",
    "alt", "content", "title",
)  # fmt: skip
_PROPERTIES: Final = ("source", "role", "department", "default", *(f"{text}{ENGLISH}" for text in _TEXTS))
_CHOICES: Final = ("select", "radio", "checklist", "taglist")


def name_problems(component: Schema) -> Iterator[Problem]:
    """Properties are free, so one of them is told only when it is like one that is read."""
    where, properties = place_of(component), component.get("properties") or {}
    for name in component.get("validate") or {}:
        if name not in _RULES:
            yield _unread(f"validate.{name}", nearest(name, _RULES), where)
    for name in properties:
        if name not in _PROPERTIES and not (name.endswith(ENGLISH) and name.removesuffix(ENGLISH) in component):
            meant = nearest(name, _PROPERTIES)
            if meant:
                yield _unread(f"properties.{name}", meant, where)
    if component.get("type") in _CHOICES:
        yield from _options(component, where)


def _unread(name: str, meant: str, where: str) -> Problem:
    fix = Sentence("Did you mean {name}?", name=meant) if meant else Sentence("Take it out.")
    return Problem("form-name", Sentence("{name} is read by nothing.", name=name), where, fix=fix, is_warning=True)


def _options(component: Schema, where: str) -> Iterator[Problem]:
    seen: list[Any] = []
    for option in component.get("values") or ():
        value = option.get("value") if isinstance(option, dict) else option
        key = type(value), value
        if key in seen:
            sentence = Sentence("Two options have the value {value}.", value=str(value))
            yield Problem(
                "form-option", sentence, where, fix=Sentence("Take one out, or give it another value."), is_warning=True
            )
        seen.append(key)
    asked = (component.get("properties") or {}).get("source")
    if not (seen or asked or component.get("valuesKey") or component.get("valuesExpression")):
        fix = Sentence("Write values, or say where they come from.")
        yield Problem("form-option", Sentence("There is nothing to choose."), where, fix=fix, is_warning=True)
