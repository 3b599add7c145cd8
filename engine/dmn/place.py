"""Where something stands in a DMN file, and the typed names that stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """The id (or the name) of the element around it, and the line, counted from 1."""

    where: str = ""
    line: int = 0


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Variable:
    """A typed name: of an input, a decision, a parameter, a column. `type_ref` None means Any."""

    name: str
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of FEEL as it stands in the file."""

    text: str
    place: Place = NOWHERE
