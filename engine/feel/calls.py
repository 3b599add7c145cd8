"""Calls that can never work: what a host hands in is JSON, and no value of JSON is a function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.names import with_bound


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a name that neither the expression nor the standard makes a function, or of a method: `x.name(…)`."""

    name: str
    is_method: bool


def calls_in(root: tree.Node | tree.Tests) -> tuple[Call, ...]:
    """In an expression that defines functions itself a context may keep one: its paths and filters are left alone."""
    has_own = any(isinstance(node, tree.FunctionOf) for node, _ in with_bound(root))
    return tuple(_calls(root, has_own=has_own))


def _calls(root: tree.Node | tree.Tests, *, has_own: bool) -> Iterator[Call]:
    for node, bound in with_bound(root):
        callee = node.callee if isinstance(node, tree.Call) else None
        if isinstance(callee, tree.Path) and not has_own:
            yield Call(callee.name, is_method=True)
        elif isinstance(callee, tree.Name) and callee.name not in bound and callee.name not in BUILT_INS:
            yield Call(callee.name, is_method=False)


def fault_of(calls: Iterable[Call], functions: Collection[str] = ()) -> Sentence | None:
    """What is wrong with the first call that can never work; `functions` are those of the host."""
    for call in calls:
        if call.is_method:
            return Sentence("it calls {method}(), and values of a process have no methods.", method=call.name)
        if call.name not in functions:
            meant = nearest(call.name, (*functions, *BUILT_INS))
            if meant:
                return Sentence(
                    "it calls {name}(), and there is no such function; did you mean {meant}()?", name=call.name, meant=meant
                )
            return Sentence("it calls {name}(), and there is no such function.", name=call.name)
    return None
