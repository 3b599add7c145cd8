"""Names in texts and trees: which an expression reads, and whether a text may spell one with operators in it."""

import re
from collections.abc import Iterable
from typing import Final

from engine.feel import tree
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.known_names import SEPARATORS, STARTERS, needs_knowing

_NO_NAMES: Final[frozenset[str]] = frozenset()
_LOCAL: Final = frozenset({"item", "partial"})
#: Between two parts of a tricky name stands an operator or a keyword; other texts cannot hide one.
_KEYWORDS: Final = "|".join(sorted(SEPARATORS | STARTERS))
_TRICKY: Final = re.compile(rf"[-+*/'’.]|\b(?:{_KEYWORDS})\b|[^\x00-\x7f]|\s\s|\n")


def may_hide_names(text: str) -> bool:
    """Whether the text could spell a name that only who knows it can read."""
    return _TRICKY.search(text) is not None


def spells(text: str, name: str) -> bool:
    """Whether the name's letters and symbols stand in the text, whatever the spaces."""
    return "".join(name.split()) in "".join(text.split())


def names_to_know(text: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that who reads this text has to know."""
    if not may_hide_names(text):
        return _NO_NAMES
    return frozenset(name for name in names if needs_knowing(name) and spells(text, name))


def free_names(root: tree.Node | tree.Tests) -> frozenset[str]:
    """The names read that neither the expression itself nor the standard gives a value.

    Inside a filter any name may be one of the items': those count as read.
    """
    return frozenset(
        node.name
        for node, bound in with_bound(root)
        if isinstance(node, tree.Name) and node.name not in bound and node.name not in BUILT_INS
    )


def with_bound(root: tree.Node | tree.Tests) -> Iterable[tuple[object, frozenset[str]]]:
    """The root and every node below it, each with the names that the expression itself gives a value there."""
    pending: list[tuple[object, frozenset[str]]] = [(root, _LOCAL)]
    while pending:
        node, bound = pending.pop()
        yield node, bound
        pending.extend(_parts(node, bound))


def _parts(node: object, bound: frozenset[str]) -> Iterable[tuple[object, frozenset[str]]]:
    """The nodes right below, each with the names that have a value there."""
    if isinstance(node, tree.For | tree.Quantified):
        return _iteration(node, bound)
    if isinstance(node, tree.ContextOf):
        return _entries(node, bound)
    if isinstance(node, tree.FunctionOf):
        return [(node.body, bound | {formal.name for formal in node.formals})]
    if isinstance(node, tree.Node | tree.Tests):
        return [(part, bound) for part in tree.children(node)]
    return []


def _iteration(node: tree.For | tree.Quantified, bound: frozenset[str]) -> Iterable[tuple[object, frozenset[str]]]:
    for iterator in node.iterators:
        yield iterator.domain, bound
        if iterator.end is not None:
            yield iterator.end, bound
        bound |= {iterator.name}
    yield (node.body if isinstance(node, tree.For) else node.condition), bound


def _entries(node: tree.ContextOf, bound: frozenset[str]) -> Iterable[tuple[object, frozenset[str]]]:
    for key, value in node.entries:
        yield value, bound
        bound |= {key}
