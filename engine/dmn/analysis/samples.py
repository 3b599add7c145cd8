"""Values that stand for all others of a column: each limit written in its cells, one value between two, one on either side."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from functools import cmp_to_key
from itertools import pairwise
from typing import Any

from engine.feel import compile_expression, kind_of

_LESS = compile_expression("left < right")
_EQUAL = compile_expression("left = right")

#: How to find a value between, before and after others, by the kind of value.
_DATE = ("left + (right - left) / 2", 'value - duration("P1D")', 'value + duration("P1D")')
_STEPS = {
    "number": ("(left + right) / 2", "value - 1", "value + 1"),
    "date": _DATE,
    "date and time": _DATE,
    "time": ("left + (right - left) / 2", 'time("00:00:00")', 'time("23:59:59")'),
    "days and time duration": ("(left + right) / 2", 'value - duration("P1D")', 'value + duration("P1D")'),
    "years and months duration": ("(left + right) / 2", 'value - duration("P1M")', 'value + duration("P1M")'),
}
PLAIN = (type(None), bool, str, Decimal)
_COMPILED = {kind: tuple(map(compile_expression, texts)) for kind, texts in _STEPS.items()}


def samples(limits: Iterable[Any], *, is_boolean: bool = False) -> list[Any]:
    """One value for each part into which the limits cut the values of their kinds; None is among them only if it is a limit."""
    distinct = _distinct(limits)
    found: list[Any] = [None] if None in distinct else []
    booleans = [value for value in distinct if isinstance(value, bool)]
    if booleans or is_boolean:
        found += [True, False]
    texts = [value for value in distinct if isinstance(value, str)]
    if texts:
        found += [*texts, _other(texts)]
    for kind in _STEPS:
        found += _ordered([value for value in distinct if not isinstance(value, bool) and kind_of(value) == kind], kind)
    return found


def _distinct(values: Iterable[Any]) -> list[Any]:
    """Each value once; times and dates may be written differently and be equal all the same."""
    once = dict.fromkeys((type(value), value) for value in values)
    found = [value for kind, value in once if kind in PLAIN]
    for value in (value for kind, value in once if kind not in PLAIN):
        if not any(kind_of(value) == kind_of(other) and _holds(_EQUAL, value, other) for other in found):
            found.append(value)
    return found


def _other(texts: list[str]) -> str:
    """A text that is none of these."""
    other = "other"
    while other in texts:
        other += "?"
    return other


def _ordered(limits: list[Any], kind: str) -> list[Any]:
    if not limits:
        return []
    ordered = sorted(limits, key=cmp_to_key(lambda left, right: -1 if _holds(_LESS, left, right) else 1))
    _, before, after = _COMPILED[kind]
    found = [before.evaluate({"value": ordered[0]})]
    for left, right in pairwise(ordered):
        found += [left, _between(left, right, kind)]
    found += [ordered[-1], after.evaluate({"value": ordered[-1]})]
    return _distinct(value for value in found if value is not None)


def _between(left: Any, right: Any, kind: str) -> Any:
    """A value between two, a whole number where there is one; None when there is none, as between two days."""
    middle = _COMPILED[kind][0].evaluate({"left": left, "right": right})
    if isinstance(middle, Decimal):
        whole = middle.to_integral_value(ROUND_FLOOR)
        middle = whole if left < whole < right else middle
    return middle if _holds(_LESS, left, middle) and _holds(_LESS, middle, right) else None


def _holds(expression: Any, left: Any, right: Any) -> bool:
    return expression.evaluate({"left": left, "right": right}) is True
