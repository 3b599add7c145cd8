"""When a condition is null because something is still empty: tried out with values that fields of their kinds can have.

A null condition hides in form-js, which designers do not expect of `amount > 5`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, product
from math import prod
from random import Random
from typing import Any, Final

from engine.feel import tree
from engine.feel.names import free_names, names_to_know
from engine.feel.parser import parse_tests
from service.forms.judging.components import KEYED
from service.forms.judging.expressions import Effort, outcome
from service.forms.judging.nodes import put
from service.forms.judging.options import usable

Schema = Mapping[str, Any]
Path = tuple[str, ...]

#: Tried at most; of more combinations so many are drawn.
_TRIES: Final = 500
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
#: By the kind of field; of one that may be null null is the first.
_BY_KIND: Final[Mapping[str, tuple[Any, ...]]] = {
    "checkbox": (False, True),
    "datetime": (None, "2026-10-05", "2030-10-05"),
    "filepicker": (None, [{"id": "", "name": "scan.pdf", "size": 1}]),
    "number": (None, 0, 1, 1_000),
    "textarea": ("", "a"),
    "textfield": ("", "a"),
}
#: Of an expression field, and of a variable that is no field.
_ANYTHING: Final = (None, 1, "a", True)
_SPECIAL: Final = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition reads a value, in the form or in the row it stands in, and what may be there."""

    path: Path
    is_in_row: bool
    values: tuple[Any, ...]

    @property
    def name(self) -> str:
        return ".".join(("this", *self.path) if self.is_in_row else self.path)


def emptiness_that_nulls(text: str, places: list[Place], names: frozenset[str], effort: Effort) -> tuple[str, ...] | None:
    """The names of what is empty when the condition is null, as few as possible; none when it is null whatever there is.

    None: it is never null, as far as was tried. Raises FeelBudgetExceeded.
    """
    tests = parse_tests(text[1:], names_to_know(text, names), {})
    read = _read(places, tests)
    evaluate = outcome(text, names)
    nulls, is_ever = [], False
    for values in _combinations(read):
        found = evaluate(_context(read, values), _NOW, effort)
        if found is None:
            nulls.append(tuple(place.name for place, value in zip(read, values, strict=True) if value is None))
        is_ever = is_ever or found is not None
    if not nulls or (is_ever and not any(nulls)):
        return None
    return min((each for each in nulls if each), key=len) if is_ever else ()


def begin_with(text: str, places: list[Place], names: frozenset[str], effort: Effort) -> None:
    """Evaluate an expression as it is while nothing has been filled in, and once more. Raises FeelBudgetExceeded."""
    read = _read(places, parse_tests(text[1:], names_to_know(text, names), {}))
    evaluate = outcome(text, names)
    for number in (0, -1):
        evaluate(_context(read, tuple(place.values[number] for place in read)), _NOW, effort)


def places_in(schema: Schema, lists: Path) -> list[Place]:
    """What a condition in this list, or outside of all, reads: fields and lists of the form, and fields of its row."""
    return list(_places(schema, (), (), lists))


def _places(around: Schema, path: Path, within: Path, lists: Path) -> Iterator[Place]:
    for component in around.get("components") or ():
        kind = component.get("type")
        name = component.get("key") if kind in KEYED else component.get("path")
        own = (*path, *name.split(".")) if name else path
        if kind in KEYED and name and within in ((), lists):
            yield Place(own, bool(within), _candidates(component))
        elif kind == "dynamiclist" and component.get("isRepeating"):
            if within in ((), lists) and name:
                yield Place(own, bool(within), ([], [_row(component)]))
            yield from _places(component, (), (*within, *own), lists)
        else:
            yield from _places(component, own, within, lists)


def _candidates(component: Schema) -> tuple[Any, ...]:
    kind = component["type"]
    options = tuple(usable(component.get("values") or []))[:6] or ("a", "b")
    if kind in ("select", "radio"):
        return (None, *options)
    if kind in ("checklist", "taglist"):
        return [], [options[0]], list(options)
    return _BY_KIND.get(kind, _ANYTHING)


def _row(component: Schema) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for place in _places(component, (), (), ()):
        put(row, place.path, place.values[-1])
    return row


def _read(places: list[Place], tests: tree.Tests) -> list[Place]:
    """Those that the condition may mean, and variables that are no fields."""
    nodes = list(tree.walk(tests))
    spelled = {node.name for node in nodes if isinstance(node, tree.Name | tree.Path)}
    literals = {node.value for node in nodes if isinstance(node, tree.Literal) and isinstance(node.value, str)}
    fields = {place.path[0] for place in places if not place.is_in_row}
    others = sorted(free_names(tests) - fields - _SPECIAL)
    found = [place for place in places if place.path[-1] in spelled]
    return [*found, *(Place((name,), False, (*_ANYTHING, *sorted(literals))) for name in others)]


def _combinations(places: list[Place]) -> Iterator[tuple[Any, ...]]:
    values = [place.values for place in places]
    if prod(map(len, values)) <= _TRIES:
        return product(*values)
    random = Random(0)  # noqa: S311 - the same ones each time
    return islice(iter(lambda: tuple(map(random.choice, values)), None), _TRIES)


def _context(places: list[Place], values: tuple[Any, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    row: dict[str, Any] = {}
    for place, value in zip(places, values, strict=True):
        put(row if place.is_in_row else data, place.path, value)
    return {"this": row or data, "parent": None, "i": [1], **data, "_this_": row or data, "_parent_": None, "_i_": [1]}
