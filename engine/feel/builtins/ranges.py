"""Relations of points and ranges on a line: before, after, meets, … (§10.3.4.9, after Allen)."""

from collections.abc import Callable
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.equality import contains, equal, ordered
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.ranges import Range
from engine.feel.values import kind_said

_POINT: Final = "number|string|date|time|date and time|days and time duration|years and months duration"

_POINTS: Final = f"point1: {_POINT}, point2: {_POINT}"
_POINT_RANGE: Final = f"point: {_POINT}, range: range"
_RANGE_POINT: Final = f"range: range, point: {_POINT}"
_RANGES: Final = "range1: range, range2: range"


def _less(left: Any, right: Any) -> bool:
    """Whether an end lies before another; an end that is open has no place."""
    found = ordered("<", left, right)
    if found is None:
        raise Refused(Sentence("{left} and {right} have no order", left=kind_said(left), right=kind_said(right)))
    return found


def _same(left: Any, right: Any) -> bool:
    found = equal(left, right)
    if found is None or left is None or right is None:
        raise Refused(Sentence("{left} and {right} cannot be compared", left=kind_said(left), right=kind_said(right)))
    return found


def _has(range_: Range, point: Any) -> bool:
    found = contains(range_, point)
    if found is None:
        raise Refused(Sentence("{kind} cannot lie in this range", kind=kind_said(point)))
    return found


def _point_before(point: Any, range_: Range) -> bool:
    return _less(point, range_.start) or (_same(point, range_.start) and not range_.is_start_included)


def _point_after(point: Any, range_: Range) -> bool:
    return _less(range_.end, point) or (_same(point, range_.end) and not range_.is_end_included)


def _range_before(first: Range, second: Range) -> bool:
    touching = _same(first.end, second.start) and not (first.is_end_included and second.is_start_included)
    return _less(first.end, second.start) or touching


def _meets(first: Range, second: Range) -> bool:
    return first.is_end_included and second.is_start_included and _same(first.end, second.start)


def _overlaps(first: Range, second: Range) -> bool:
    return not _range_before(first, second) and not _range_before(second, first)


def _starts_first(first: Range, second: Range) -> bool:
    both = _same(first.start, second.start) and first.is_start_included and not second.is_start_included
    return _less(first.start, second.start) or both


def _ends_first(first: Range, second: Range) -> bool:
    both = _same(first.end, second.end) and not first.is_end_included and second.is_end_included
    return _less(first.end, second.end) or both


def _same_start(first: Range, second: Range) -> bool:
    return _same(first.start, second.start) and first.is_start_included == second.is_start_included


def _same_end(first: Range, second: Range) -> bool:
    return _same(first.end, second.end) and first.is_end_included == second.is_end_included


def _overlaps_before(first: Range, second: Range) -> bool:
    begins = _starts_first(first, second)
    return begins and _overlaps(first, second) and (_ends_first(first, second) or _same_end(first, second))


def _includes(outer: Range, inner: Range) -> bool:
    return not _starts_first(inner, outer) and not _ends_first(outer, inner)


def _starts(first: Range, second: Range) -> bool:
    return _same_start(first, second) and not _ends_first(second, first)


def _finishes(first: Range, second: Range) -> bool:
    return _same_end(first, second) and not _starts_first(first, second)


def _coincides(first: Range, second: Range) -> bool:
    return _same_start(first, second) and _same_end(first, second)


def _point_starts(point: Any, range_: Range) -> bool:
    return range_.is_start_included and _same(range_.start, point)


def _point_finishes(point: Any, range_: Range) -> bool:
    return range_.is_end_included and _same(range_.end, point)


def _swapped(relation: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda left, right: relation(right, left)


def _register(signature: str, relation: Callable[[Any, Any], bool]) -> None:
    @built_in(signature)
    def related(_evaluation: Evaluation, left: Any, right: Any) -> bool:
        return relation(left, right)


for _signature, _relation in (
    (f"before({_POINTS})", _less),
    (f"before({_POINT_RANGE})", _point_before),
    (f"before({_RANGE_POINT})", _swapped(_point_after)),
    (f"before({_RANGES})", _range_before),
    (f"after({_POINTS})", _swapped(_less)),
    (f"after({_POINT_RANGE})", _point_after),
    (f"after({_RANGE_POINT})", _swapped(_point_before)),
    (f"after({_RANGES})", _swapped(_range_before)),
    (f"meets({_RANGES})", _meets),
    (f"met by({_RANGES})", _swapped(_meets)),
    (f"overlaps({_RANGES})", _overlaps),
    (f"overlaps before({_RANGES})", _overlaps_before),
    (f"overlaps after({_RANGES})", _swapped(_overlaps_before)),
    (f"finishes({_POINT_RANGE})", _point_finishes),
    (f"finishes({_RANGES})", _finishes),
    (f"finished by({_RANGE_POINT})", _swapped(_point_finishes)),
    (f"finished by({_RANGES})", _swapped(_finishes)),
    (f"includes({_RANGE_POINT})", _has),
    (f"includes({_RANGES})", _includes),
    (f"during({_POINT_RANGE})", _swapped(_has)),
    (f"during({_RANGES})", _swapped(_includes)),
    (f"starts({_POINT_RANGE})", _point_starts),
    (f"starts({_RANGES})", _starts),
    (f"started by({_RANGE_POINT})", _swapped(_point_starts)),
    (f"started by({_RANGES})", _swapped(_starts)),
    (f"coincides({_POINTS})", _same),
    (f"coincides({_RANGES})", _coincides),
):
    _register(_signature, _relation)
