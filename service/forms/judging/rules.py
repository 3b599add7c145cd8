"""`validate` of a field: one closure for each rule, in form-js's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Context
from typing import Any, Final

from engine.facts.sentences import verbatim
from service.forms.judging import sentences
from service.forms.judging.expressions import Scope
from service.forms.judging.limits import length_limit, number_limit
from service.forms.judging.nodes import Finding, Rule
from service.forms.judging.numbers import as_text, decimals_of, exact, text_of_number
from service.forms.judging.patterns import EMAIL, PHONE, compile_js
from service.forms.judging.sentences import Texts

Schema = Mapping[str, Any]

#: Wide enough for the remainder of any float.
_WIDE: Final = Context(prec=700)


def rules_of(field: Schema, message: Texts, names: Iterable[str]) -> Iterator[Rule]:
    """`message` is what a broken pattern says. Raises PatternUnfit, ExpressionUnfit."""
    if field["type"] == "number":
        yield from _of_numbers(field)
    validate: Schema = field.get("validate") or {}
    if validate.get("pattern"):
        yield _pattern(validate["pattern"], message)
    if validate.get("required"):
        yield _checked if field["type"] == "checkbox" else _required
    if validate.get("min") is not None:
        yield number_limit("min", validate["min"], names)
    if validate.get("max") is not None:
        yield number_limit("max", validate["max"], names)
    if validate.get("minLength") is not None:
        yield length_limit("minLength", validate["minLength"], names)
    if validate.get("maxLength") is not None:
        yield length_limit("maxLength", validate["maxLength"], names)
    if validate.get("validationType") == "phone":
        yield _shaped(lambda text: PHONE.fullmatch(text) is not None, ("phone", sentences.PHONE))
    elif validate.get("validationType") == "email":
        yield _shaped(lambda text: EMAIL.fullmatch(text) is not None, ("email", sentences.EMAIL))


def _required(value: Any, _scope: Scope) -> Finding | None:
    return ("required", sentences.REQUIRED) if value is None or value == "" or value == [] else None


def _checked(value: Any, scope: Scope) -> Finding | None:
    return ("required", sentences.REQUIRED) if value is False else _required(value, scope)


def _pattern(pattern: str, message: Texts) -> Rule:
    usual = sentences.pattern(pattern)
    zh, en = (verbatim(text) if text else usual for text in message)
    return _shaped(compile_js(pattern), ("pattern", (zh, en)))


def _shaped(fits: Callable[[str], bool], finding: Finding) -> Rule:
    """An empty value has no shape to break."""

    def rule(value: Any, _scope: Scope) -> Finding | None:
        if not value or fits(as_text(value)):
            return None
        return finding

    return rule


def _of_numbers(field: Schema) -> Iterator[Rule]:
    digits, increment = field.get("decimalDigits"), field.get("increment")
    if type(digits) is int and digits >= 0:
        yield _decimals(digits)
    step = exact(increment) if increment else None
    if step:
        yield _steps(step)


def _decimals(digits: int) -> Rule:
    finding: Finding = ("decimalDigits", sentences.decimals(digits))

    def rule(value: Any, _scope: Scope) -> Finding | None:
        if type(value) is int or not value:
            return None
        number = exact(value)
        return finding if number is not None and decimals_of(number) > digits else None

    return rule


def _steps(step: Any) -> Rule:
    def rule(value: Any, _scope: Scope) -> Finding | None:
        number = exact(value) if value else None
        rest = None if number is None else _WIDE.remainder(number, step)
        if number is None or not rest:
            return None
        below = _WIDE.subtract(number, rest)
        return "increment", sentences.step(text_of_number(below), text_of_number(_WIDE.add(below, step)))

    return rule
