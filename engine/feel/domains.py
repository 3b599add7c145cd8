"""What `for i in start..end` and `for i in [start..end]` run through: whole numbers and dates, up or down."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.numbers import is_whole
from engine.feel.ranges import Range
from engine.feel.temporal.values import Date
from engine.feel.values import kind_said

_MAX_ORDINAL = 10**18


def steps_between(start: Any, end: Any) -> Iterator[Any]:
    """Every number or day from start to end, both included, backwards if end is before start."""
    if isinstance(start, Date) and isinstance(end, Date):
        return _days(start.days, end.days)
    return _numbers(_ordinal(start), _ordinal(end))


def steps_of_range(range_: Range) -> Iterator[Any]:
    """Every number or day of the range; an end not included is left out."""
    start, end = range_.start, range_.end
    if isinstance(start, Date) and isinstance(end, Date):
        return _days(*_inside(range_, start.days, end.days))
    return _numbers(*_inside(range_, _ordinal(start), _ordinal(end)))


def _inside(range_: Range, start: int, end: int) -> tuple[int, int]:
    step = 1 if start <= end else -1
    return (start if range_.is_start_included else start + step), (end if range_.is_end_included else end - step)


def _ordinal(value: Any) -> int:
    if not isinstance(value, Decimal) or not is_whole(value) or abs(value) > _MAX_ORDINAL:
        raise Refused(Sentence("Only whole numbers and dates can be counted through, not {kind}", kind=kind_said(value)))
    return int(value)


def _numbers(start: int, end: int) -> Iterator[Any]:
    return (Decimal(number) for number in _span(start, end))


def _days(start: int, end: int) -> Iterator[Any]:
    return (Date.of_days(days) for days in _span(start, end))


def _span(start: int, end: int) -> range:
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)
