"""Limits that no value keeps, and kinds of values that are not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from engine.facts.errors import Problem
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence, either
from service.forms.judging.components import place_of
from service.forms.judging.expressions import is_expression
from service.forms.judging.numbers import exact

Schema = Mapping[str, Any]

#: What form-js knows; a field without one has none.
VALIDATION_TYPES: Final = ("custom", "email", "phone")
SUBTYPES: Final = ("date", "time", "datetime")


def limit_problems(component: Schema) -> Iterator[Problem]:
    validate, where = component.get("validate") or {}, place_of(component)
    for least, most in (("min", "max"), ("minLength", "maxLength")):
        lower, upper = (_fixed(validate.get(name)) for name in (least, most))
        if lower is not None and upper is not None and lower > upper:
            sentence = Sentence(
                "{least} is {lower} and {most} is {upper}: nothing can be filled in.",
                least=least,
                lower=str(lower),
                most=most,
                upper=str(upper),
            )
            yield Problem("form-limit", sentence, where, fix=Sentence("Exchange them."))
    lengths = {name: validate.get(name) for name in ("minLength", "maxLength")}
    for name, value in {**lengths, "decimalDigits": component.get("decimalDigits")}.items():
        number = _fixed(value)
        if number is not None and number < 0:
            sentence = Sentence("{limit} is {given}, and cannot be less than 0.", limit=name, given=str(value))
            yield Problem("form-limit", sentence, where, fix=Sentence("Write 0 or more."))
    increment = component.get("increment")
    if increment not in (None, "") and not ((step := exact(increment)) is not None and step > 0):
        sentence = Sentence("{limit} is {given}, which is no step.", limit="increment", given=str(increment))
        yield Problem("form-limit", sentence, where, fix=Sentence("Write a number greater than 0."))
    yield from _known("validate.validationType", validate.get("validationType"), VALIDATION_TYPES, where)
    if component.get("type") == "datetime":
        yield from _known("subtype", component.get("subtype"), SUBTYPES, where)


def _fixed(limit: Any) -> Any:
    return None if limit in (None, "") or is_expression(limit) else exact(limit)


def _known(name: str, value: Any, known: Iterable[str], where: str) -> Iterator[Problem]:
    if value in (None, "") or value in known:
        return
    meant = nearest(str(value), known)
    fix = Sentence("Did you mean {name}?", name=meant) if meant else Sentence("Choose {choices}.", choices=either(known))
    yield Problem("form-limit", Sentence("{name} cannot be {wish}.", name=name, wish=str(value)), where, fix=fix)
