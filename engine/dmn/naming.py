"""Names that may follow a dot in the expressions of a file: FEEL has to tell `Pre-bureau` from a subtraction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from engine.dmn.definitions import Definitions
from engine.dmn.graph import Graph


def parts_of(definitions: Definitions, graph: Graph) -> frozenset[str]:
    """Every name the file gives to a component, entry, column, output or element, and those of its imports."""
    names = set(_names(definitions))
    for path, model in graph.imported_models():
        names |= {*path, *model.parts}
    return frozenset(names)


def _names(part: Any) -> Iterator[str]:
    """The field `name` of `part` and of everything inside it."""
    if isinstance(part, tuple):
        for item in part:
            yield from _names(item)
    elif is_dataclass(part):
        yield getattr(part, "name", "")
        for field in fields(part):
            yield from _names(getattr(part, field.name))
