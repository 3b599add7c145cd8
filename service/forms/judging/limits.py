"""`min`, `max`, `minLength`, `maxLength` of a field; each may be an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from service.forms.judging import sentences
from service.forms.judging.expressions import Scope, is_expression, value, written
from service.forms.judging.nodes import Finding, Rule
from service.forms.judging.numbers import WHITE, as_text, exact, length_of


@dataclass(frozen=True, slots=True)
class _Side:
    """A lower or an upper limit: what is said when it is broken, and when it is no number."""

    is_lower: bool
    say: Callable[[str], Sentence]
    no_number: Finding | None

    def broken(self, number: Decimal | float, limit: Decimal | float) -> bool:
        return number < limit if self.is_lower else number > limit


_SIDES: Final[Mapping[str, _Side]] = {
    "min": _Side(True, sentences.minimum, ("min", sentences.BAD_MIN)),
    "max": _Side(False, sentences.maximum, ("max", sentences.BAD_MAX)),
    "minLength": _Side(True, sentences.shortest, None),
    "maxLength": _Side(False, sentences.longest, None),
}


def number_limit(rule: str, limit: Any, names: Iterable[str]) -> Rule:
    """Of numbers, and of texts that spell one. What is empty has no limit, nor has anything a limit that is null."""
    return _limited(rule, limit, names, _number)


def length_limit(rule: str, limit: Any, names: Iterable[str]) -> Rule:
    """Of texts without the spaces around them, in UTF-16 units."""
    return _limited(rule, limit, names, _length)


def _limited(rule: str, limit: Any, names: Iterable[str], measure: Callable[[Any], Decimal | float | None]) -> Rule:
    side = _SIDES[rule]
    if not is_expression(limit):
        return _fixed(rule, side, limit, measure)
    evaluate = value(limit, names)

    def evaluated(kept: Any, scope: Scope) -> Finding | None:
        measured = measure(kept)
        if measured is None or (found := evaluate(scope)) is None:
            return None
        number = exact(found)
        if number is None:
            return side.no_number
        return (rule, side.say(written(found))) if side.broken(measured, number) else None

    return evaluated


def _fixed(rule: str, side: _Side, limit: Any, measure: Callable[[Any], Decimal | float | None]) -> Rule:
    number, finding = exact(limit), (rule, side.say(written(limit)))
    if number is None:
        return lambda kept, _scope: None if measure(kept) is None else side.no_number
    plain = int(number) if number == number.to_integral_value() else number

    def fixed(kept: Any, _scope: Scope) -> Finding | None:
        measured = measure(kept)
        return finding if measured is not None and side.broken(measured, plain) else None

    return fixed


def _number(kept: Any) -> Decimal | float | None:
    kind = type(kept)
    if kind is int:
        return kept  # type: ignore[no-any-return]
    return exact(kept) if kind is float or kind is str else None


def _length(kept: Any) -> float | None:
    if not kept or type(kept) is list:
        return None
    return length_of(as_text(kept).strip(WHITE))
