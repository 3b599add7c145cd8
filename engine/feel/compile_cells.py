"""Closures of a decision table's cells: any test holds, or with not(…) none does."""

from __future__ import annotations

from typing import Any

from engine.feel import tree
from engine.feel.closures import Code, Scope
from engine.feel.compile_tests import QUESTION, Test, any_holds, compile_test, holds_counted
from engine.feel.compile_values import Compile
from engine.feel.frames import AnyFrame


def compile_tests(node: tree.Tests, scope: Scope | None, compile_node: Compile) -> Test:
    """The test of a whole cell."""
    if not node.tests:
        return lambda _frame, _value: True
    texts = _only_texts(node)
    if texts is not None and not node.is_negated:
        return _one_of(texts)
    tests = [_compile_one(test, scope, compile_node) for test in node.tests]
    if node.is_negated:
        return _none(tests)
    if len(tests) == 1:
        return tests[0]
    return lambda frame, value: any_holds(tests, frame, value)


def _only_texts(node: tree.Tests) -> frozenset[str] | None:
    """The texts of a cell such as `"a", "b"`, None for any other cell."""
    values = [test.value for test in node.tests if isinstance(test, tree.Literal) and isinstance(test.value, str)]
    return frozenset(values) if len(values) == len(node.tests) else None


def _one_of(texts: frozenset[str]) -> Test:
    def test(_frame: AnyFrame, value: Any) -> bool | None:
        if type(value) is str:
            return value in texts
        return False if value is None else None

    return test


def _none(tests: list[Test]) -> Test:
    def test(frame: AnyFrame, value: Any) -> bool | None:
        found = any_holds(tests, frame, value)
        return None if found is None else not found

    return test


def _compile_one(node: tree.Node, scope: Scope | None, compile_node: Compile) -> Test:
    if isinstance(node, tree.UnaryTest | tree.Literal | tree.RangeOf):
        return compile_test(node, scope, compile_node)
    code = compile_node(node, scope)
    if any(isinstance(each, tree.Name) and each.name == QUESTION for each in (node, *tree.walk(node))):
        return _about_the_value(code)
    return _value_or_condition(code)


def _about_the_value(code: Code) -> Test:
    """An expression with `?`: true means that it holds; one that is no boolean is compared."""

    def test(frame: AnyFrame, value: Any) -> bool | None:
        found = code(frame)
        if found is True or found is False or found is None:
            return found
        return holds_counted(found, value, frame)

    return test


def _value_or_condition(code: Code) -> Test:
    """An expression without `?`: a value to compare with, or a condition that is true of the other variables."""

    def test(frame: AnyFrame, value: Any) -> bool | None:
        found = code(frame)
        if (found is True or found is False) and type(value) is not bool:
            return found
        return holds_counted(found, value, frame)

    return test
