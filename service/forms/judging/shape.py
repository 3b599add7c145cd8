"""What may stand where in a submission: names, objects, lists. Nothing that was sent elsewhere is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.forms.judging import sentences
from service.forms.judging.nodes import Finding
from service.forms.judging.sentences import Texts


@dataclass(slots=True)
class Shape:
    """A place with others inside of it, or with `inside` None a field, whose own rules say what may stand there."""

    label: Texts = ("", "")
    inside: dict[str, Shape] | None = None
    is_list: bool = False

    def at(self, path: tuple[str, ...]) -> Shape:
        """The place below this one, made when there was none yet."""
        shape = self
        for name in path:
            if shape.inside is None:
                shape.inside = {}
            shape = shape.inside.setdefault(name, Shape())
        return shape


#: Where, what people call it, the finding.
Misfit = tuple[str, Texts, Finding]


#: Of all lists of a submission together: each costs some 20 us.
MAX_ROWS = 10_000


@dataclass(slots=True)
class Misfits:
    """Found so far: what is no list or object, and names that nothing has; and how many rows there are."""

    rows: int = 0
    largest: tuple[int, str, Texts] = (0, "", ("", ""))
    misplaced: list[Misfit] = field(default_factory=list)
    unknown: list[Misfit] = field(default_factory=list)

    def __iter__(self) -> Iterator[Misfit]:
        yield from self.misplaced
        yield from self.unknown


def misfits(shape: Shape, sent: Mapping[str, Any]) -> Misfits:
    """Everything in what was sent that has no place."""
    found = Misfits()
    _names(shape, sent, "", found)
    if found.rows > MAX_ROWS:
        _, place, label = found.largest
        found.misplaced.append((place, label, ("rows", sentences.too_many_rows(MAX_ROWS))))
    return found


def _names(shape: Shape, sent: Mapping[str, Any], prefix: str, found: Misfits) -> None:
    inside = shape.inside or {}
    for name, value in sent.items():
        below = inside.get(name)
        if below is None:
            found.unknown.append((prefix + name, ("", ""), ("unknown", sentences.UNKNOWN)))
        elif below.inside is not None and value is not None and value is not False and value != "":
            _value(below, value, prefix + name, found)


def _value(shape: Shape, value: Any, place: str, found: Misfits) -> None:
    if shape.is_list and type(value) is list:
        if len(value) > found.largest[0]:
            found.largest = len(value), place, shape.label
        found.rows += len(value)
        if found.rows > MAX_ROWS:
            return
        for number, row in enumerate(value):
            if row is not None:
                _object(shape, row, f"{place}[{number}]", found)
    elif shape.is_list:
        found.misplaced.append((place, shape.label, ("value", sentences.NOT_ACCEPTED)))
    else:
        _object(shape, value, place, found)


def _object(shape: Shape, value: Any, place: str, found: Misfits) -> None:
    if type(value) is dict:
        _names(shape, value, f"{place}.", found)
    else:
        found.misplaced.append((place, shape.label, ("value", sentences.NOT_ACCEPTED)))
