"""Closures of literals, lists, contexts, ranges, if and instance of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.closures import Code, Scope, with_names
from engine.feel.equality import sort_key
from engine.feel.frames import AnyFrame, inner_frame
from engine.feel.ranges import Range
from engine.feel.values import kind_said, value_of

Compile = Callable[..., Code]

#: What a literal makes costs memory, also where a loop makes it again and again.
ITEMS_OF_A_STEP: Final = 4


def compile_literal(node: tree.Literal, scope: Scope | None, compile_node: Compile) -> Code:
    """A number, text, boolean, null or temporal."""
    value = node.value
    return lambda _frame: value


def compile_list(node: tree.ListOf, scope: Scope | None, compile_node: Compile) -> Code:
    """`[a, b]`."""
    items = [compile_node(item, scope) for item in node.items]
    steps = len(items) // ITEMS_OF_A_STEP
    if not steps:
        return lambda frame: [item(frame) for item in items]

    def long(frame: AnyFrame) -> Any:
        frame.evaluation.spend(steps)
        return [item(frame) for item in items]

    return long


def compile_context(node: tree.ContextOf, scope: Scope | None, compile_node: Compile) -> Code:
    """`{a: 1, b: a}`: entries are evaluated in order, each seeing those before it."""
    if len({key for key, _ in node.entries}) < len(node.entries):
        return _twice(node.position)
    entries: list[tuple[str, Code]] = []
    seen: frozenset[str] = frozenset()
    for key, value in node.entries:
        names = seen | {key} if _may_call_itself(key, value) else seen
        entries.append((key, compile_node(value, with_names(scope, names))))
        seen |= {key}

    steps = 2 + len(entries) // 2

    def context(frame: AnyFrame) -> Any:
        frame.evaluation.spend(steps)
        found: dict[str, Any] = {}
        inside = inner_frame(frame, found)
        for key, code in entries:
            found[key] = code(inside)
        return found

    return context


def _twice(position: int) -> Code:
    def nothing(frame: AnyFrame) -> None:
        frame.evaluation.note(position, Sentence("A key stands twice in one context"))

    return nothing


def _may_call_itself(key: str, value: tree.Node) -> bool:
    """A function sees its own entry, so that it can be recursive; one named as a function of the standard sees that."""
    return isinstance(value, tree.FunctionOf) and key not in BUILT_INS


def compile_range(node: tree.RangeOf, scope: Scope | None, compile_node: Compile) -> Code:
    """`[low..high]`: null when an end is null or the ends have no order."""
    low_code, high_code = compile_node(node.low, scope), compile_node(node.high, scope)
    is_low_included, is_high_included, position = node.is_low_included, node.is_high_included, node.position

    def range_(frame: AnyFrame) -> Any:
        low, high = low_code(frame), high_code(frame)
        if sort_key(low, high) is None:
            frame.evaluation.note(
                position, Sentence("A range cannot go from {low} to {high}", low=kind_said(low), high=kind_said(high))
            )
            return None
        return Range(low, high, is_low_included, is_high_included)

    return range_


def compile_if(node: tree.If, scope: Scope | None, compile_node: Compile) -> Code:
    """`if … then … else …`: everything but true leads to else."""
    condition, yes, no = compile_node(node.condition, scope), compile_node(node.yes, scope), compile_node(node.no, scope)
    position = node.position

    def choose(frame: AnyFrame) -> Any:
        chosen = condition(frame)
        if chosen is True:
            return yes(frame)
        if chosen is not False:
            frame.evaluation.note(
                position, Sentence("The condition of if is {kind}, not a boolean: else is taken", kind=kind_said(chosen))
            )
        return no(frame)

    return choose


def compile_instance_of(node: tree.InstanceOf, scope: Scope | None, compile_node: Compile) -> Code:
    """`value instance of type`: null is an instance of nothing but Null."""
    code, type_ = compile_node(node.value, scope), node.type
    accepts_null = str(type_) == "Null"

    def is_instance(frame: AnyFrame) -> bool:
        value = value_of(code(frame))
        frame.evaluation.spend_on(value)
        return accepts_null if value is None else type_.conforms(value)

    return is_instance
