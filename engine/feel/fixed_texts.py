"""The texts that stand in an expression, and the place that each has in the value when it has one whatever the variables are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.feel import tree
from engine.feel.names import names_to_know
from engine.feel.parser import parse_expression


@dataclass(frozen=True, slots=True)
class FixedText:
    """`path` leads through the value by keys and numbers from 0; None: what becomes of the text is computed. `key` is the name
    of the entry it stands in, or empty."""

    text: str
    path: tuple[str | int, ...] | None
    key: str


def texts_in(text: str, names: Iterable[str] = ()) -> Iterator[FixedText]:
    """Of an expression, in no order that matters. `names` are those known. Raises FeelSyntaxError."""
    return _texts(parse_expression(text, names_to_know(text, names), {}), (), "")


def _texts(node: tree.Node, path: tuple[str | int, ...] | None, key: str) -> Iterator[FixedText]:
    match node:
        case tree.Literal(value=str(text)):
            yield FixedText(text, path, key)
        case tree.ContextOf(entries=entries):
            for name, entry in entries:
                yield from _texts(entry, None if path is None else (*path, name), name)
        case tree.ListOf(items=items):
            for number, item in enumerate(items):
                yield from _texts(item, None if path is None else (*path, number), key)
        case _:
            for child in tree.children(node):
                yield from _texts(child, None, key)
