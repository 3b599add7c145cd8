"""Equality and order by type (DMN 1.5, §10.3.2.2 and tables 53-55): null where two types cannot be compared."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import FeelBudgetExceeded
from engine.feel.ranges import Range
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.values import kind_of, value_of

_MAX_DEPTH: Final = 60


def equal(left: Any, right: Any) -> bool | None:
    """Whether two values are equal; None for values of different types, unless one is null."""
    return _equal(left, right, 0)


def _equal(left: Any, right: Any, depth: int) -> bool | None:
    left, right = value_of(left), value_of(right)
    if left is right:
        return True
    if left is None or right is None:
        return False
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in (Decimal, str, bool, Date, DayTimeDuration, YearMonthDuration):
        return bool(left == right)
    if kind in (list, dict, Range):
        if depth > _MAX_DEPTH:
            raise FeelBudgetExceeded(Sentence("values are nested too deeply to compare"), _MAX_DEPTH)
        return _STRUCTURES[kind](left, right, depth + 1)
    if kind in (Time, DateTime):
        return seconds_of(left, right) == seconds_of(right, left)
    return False


def _equal_lists(left: list[Any], right: list[Any], depth: int) -> bool:
    if len(left) != len(right):
        return False
    return all(_equal(one, other, depth) is True for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Any], right: dict[str, Any], depth: int) -> bool:
    if len(left) != len(right):
        return False
    return all(key in right and _equal(value, right[key], depth) is True for key, value in left.items())


def _equal_ranges(left: Range, right: Range, depth: int) -> bool:
    return (
        left.operator == right.operator
        and left.is_start_included == right.is_start_included
        and left.is_end_included == right.is_end_included
        and _equal(left.start, right.start, depth) is True
        and _equal(left.end, right.end, depth) is True
    )


_STRUCTURES: Final[dict[type, Callable[[Any, Any, int], bool]]] = {
    list: _equal_lists,
    dict: _equal_contexts,
    Range: _equal_ranges,
}


def seconds_of(value: Time | DateTime, other: Time | DateTime) -> int:
    """The whole seconds a time is compared by; one without a zone is taken in the zone of the other."""
    if isinstance(value, DateTime):
        other_zone = other.time.zone if isinstance(other, DateTime) else None
        return value.epoch_seconds(other_zone)
    offset = value.offset if value.offset is not None else other.offset
    return value.seconds - (offset or 0)


def sort_key(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Two comparable things of Python that stand in the order of the two values, None when FEEL knows no order of them."""
    left, right = value_of(left), value_of(right)
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is Decimal or kind is str:
        return left, right
    if kind is Date:
        return left.days, right.days
    if kind is Time or kind is DateTime:
        return seconds_of(left, right), seconds_of(right, left)
    if kind is DayTimeDuration:
        return left.nanoseconds, right.nanoseconds
    return (left.months, right.months) if kind is YearMonthDuration else None


def ordered(sign: str, left: Any, right: Any) -> bool | None:
    """`left sign right` for < <= > >=; None when the two have no order."""
    keys = sort_key(left, right)
    return None if keys is None else bool(ORDERS[sign](*keys))


ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def same(left: Any, right: Any) -> bool:
    """`is(left, right)`: the same element of the semantic domain; times must also agree in their zone."""
    left, right = value_of(left), value_of(right)
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, Time | DateTime):
        return bool(left == right)
    return equal(left, right) is True


def contains(range_: Range, value: Any) -> bool | None:
    """Whether the value lies in the range; None when it cannot be compared with the ends."""
    if type(value) is Decimal and type(range_.start) is Decimal and type(range_.end) is Decimal and not range_.operator:
        above = value >= range_.start if range_.is_start_included else value > range_.start
        return above and (value <= range_.end if range_.is_end_included else value < range_.end)
    if range_.operator == "!=":
        found = equal(value, range_.start)
        return None if found is None else not found
    if range_.operator == "=":
        return equal(value, range_.start)
    low = _beyond(range_.start, value, ">=" if range_.is_start_included else ">")
    high = _beyond(range_.end, value, "<=" if range_.is_end_included else "<")
    if low is None or high is None:
        return None
    return low and high


def _beyond(end: Any, value: Any, sign: str) -> bool | None:
    return True if end is None else ordered(sign, value, end)


def holds(test: Any, value: Any) -> bool | None:
    """`value in test` for a test's value: a range holds it, a list has it or a range with it, anything else equals it."""
    test = value_of(test)
    if isinstance(test, Range):
        return contains(test, value)
    if isinstance(test, list):
        if equal(value, test) is True:
            return True
        return any(holds_one(item, value) is True for item in test)
    return equal(value, test)


def holds_one(item: Any, value: Any) -> bool | None:
    """`holds` for an item of a list: a range in it counts, a list in it must be equal."""
    item = value_of(item)
    return contains(item, value) if isinstance(item, Range) and not isinstance(value, Range) else equal(value, item)
