"""Closures of unary tests: what stands in a cell of a decision table and after `in` (DMN 1.5, §10.3.2.8)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.closures import Code, Scope
from engine.feel.compile_values import Compile
from engine.feel.equality import contains, equal, holds
from engine.feel.frames import AnyFrame
from engine.feel.ranges import Range, unary_range
from engine.feel.values import kind_said

Test = Callable[[AnyFrame, Any], bool | None]

QUESTION = "?"

#: Types of which one value may take long to compare.
BULKY: Final = frozenset({str, list, dict})


def compile_unary_test(node: tree.UnaryTest, scope: Scope | None, compile_node: Compile) -> Code:
    """`< 10` as a value: the range it means."""
    operator, endpoint = node.operator, compile_node(node.endpoint, scope)
    return lambda frame: unary_range(operator, endpoint(frame))


def compile_in(node: tree.In, scope: Scope | None, compile_node: Compile) -> Code:
    """`value in test` or `value in (test, …)`: true if one test holds, null if none does and one cannot tell."""
    value_code, position = compile_node(node.value, scope), node.position
    tests = [compile_test(test, scope, compile_node) for test in node.tests]

    def is_in(frame: AnyFrame) -> bool | None:
        value = value_code(frame)
        if type(value) is list or type(value) is dict:
            frame.evaluation.spend_on(value)
        found = any_holds(tests, frame, value)
        if found is None:
            frame.evaluation.note(position, Sentence("in cannot compare {kind} with what follows", kind=kind_said(value)))
        return found

    return is_in


def any_holds(tests: list[Test], frame: AnyFrame, value: Any) -> bool | None:
    """True if one test holds, None if none does and one cannot tell."""
    answer: bool | None = False
    for test in tests:
        found = test(frame, value)
        if found is True:
            return True
        if found is None:
            answer = None
    return answer


def compile_test(node: tree.Node, scope: Scope | None, compile_node: Compile) -> Test:
    """One test of a value."""
    if isinstance(node, tree.UnaryTest):
        return _comparison_test(node, compile_node(node.endpoint, scope))
    if isinstance(node, tree.Literal):
        return _literal_test(node.value)
    code = compile_node(node, scope)
    if isinstance(node, tree.RangeOf):
        return _between_numbers(node) or _range_test(code)
    return _value_test(code)


def _value_test(code: Code) -> Test:
    def test(frame: AnyFrame, value: Any) -> bool | None:
        return holds_counted(code(frame), value, frame)

    return test


def holds_counted(found: Any, value: Any, frame: AnyFrame) -> bool | None:
    """`holds`, after what is compared has been counted."""
    if type(found) in BULKY:
        frame.evaluation.spend_on(found)
    return holds(found, value)


def _between_numbers(node: tree.RangeOf) -> Test | None:
    """A range of two literal numbers, as most cells and conditions have them, is made once."""
    low, high = node.low, node.high
    if not isinstance(low, tree.Literal) or not isinstance(high, tree.Literal):
        return None
    if type(low.value) is not Decimal or type(high.value) is not Decimal:
        return None
    range_ = Range(low.value, high.value, node.is_low_included, node.is_high_included)

    def test(_frame: AnyFrame, value: Any) -> bool | None:
        return contains(range_, value)

    return test


def _range_test(code: Code) -> Test:
    """A range that is none, because an end is null, tells nothing."""

    def test(frame: AnyFrame, value: Any) -> bool | None:
        range_ = code(frame)
        return None if range_ is None else contains(range_, value)

    return test


def _comparison_test(node: tree.UnaryTest, endpoint: Code) -> Test:
    operator = node.operator

    def test(frame: AnyFrame, value: Any) -> bool | None:
        end = endpoint(frame)
        if type(end) in BULKY:
            frame.evaluation.spend_on(end)
        if operator == "=":
            return equal(value, end)
        if operator == "!=":
            found = equal(value, end)
            return None if found is None else not found
        return None if end is None else contains(unary_range(operator, end), value)

    return test


def _literal_test(literal: Any) -> Test:
    def test(_frame: AnyFrame, value: Any) -> bool | None:
        return equal(value, literal)

    return test
