"""Closures of operators. Numbers take the short way; everything else goes through arithmetic and equality by type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.arithmetic import STEPS_OF_A_POWER, arithmetic, negated, unsuited
from engine.feel.closures import Code, Scope
from engine.feel.compile_shortcuts import shorter_arithmetic, shorter_comparison
from engine.feel.compile_values import Compile
from engine.feel.equality import ORDERS, equal, ordered
from engine.feel.errors import Refused
from engine.feel.frames import LONG_TEXT, AnyFrame
from engine.feel.values import kind_said


def compile_arithmetic(node: tree.Arithmetic, scope: Scope | None, compile_node: Compile) -> Code:
    """`a + b - c`: from the left."""
    code = compile_node(node.first, scope)
    if len(node.rest) > 8:
        return _long_sum(code, [(operator, position, compile_node(each, scope)) for operator, position, each in node.rest])
    for operator, position, operand in node.rest:
        code = _binary(operator, position, code, operand, compile_node(operand, scope))
    return code


def _binary(operator: str, position: int, left_code: Code, right: tree.Node, right_code: Code) -> Code:
    def compute(frame: AnyFrame, one: Any, other: Any) -> Any:
        try:
            if operator == "**":
                frame.evaluation.spend(STEPS_OF_A_POWER)
            result = arithmetic(operator, one, other)
            if type(result) is str:
                frame.evaluation.spend(len(result) >> 4)
            return result
        except Refused as refused:
            frame.evaluation.note(position, refused.sentence)
            return None

    short = shorter_arithmetic(operator, left_code, right, right_code, compute)
    return short or (lambda frame: compute(frame, left_code(frame), right_code(frame)))


def _long_sum(first: Code, rest: list[tuple[str, int, Code]]) -> Code:
    """Many operands in a loop, so that a long sum needs no deep stack."""

    def compute(frame: AnyFrame) -> Any:
        value = first(frame)
        for operator, position, operand in rest:
            try:
                if operator == "**":
                    frame.evaluation.spend(STEPS_OF_A_POWER)
                value = arithmetic(operator, value, operand(frame))
                if type(value) is str:
                    frame.evaluation.spend(len(value) >> 4)
            except Refused as refused:
                frame.evaluation.note(position, refused.sentence)
                value = None
        return value

    return compute


def compile_negation(node: tree.Negation, scope: Scope | None, compile_node: Compile) -> Code:
    """`-a`."""
    code, position = compile_node(node.operand, scope), node.position

    def negate(frame: AnyFrame) -> Any:
        try:
            return negated(code(frame))
        except Refused as refused:
            frame.evaluation.note(position, refused.sentence)
            return None

    return negate


def compile_comparison(node: tree.Comparison, scope: Scope | None, compile_node: Compile) -> Code:
    """`a = b`, `a < b`."""
    left, right = compile_node(node.left, scope), compile_node(node.right, scope)
    if node.operator in ("=", "!="):
        slow = _equality(node.operator == "=", left, right, node.position)
    else:
        slow = _order(node.operator, left, right, node.position)
    return shorter_comparison(node, scope, slow)


def _equality(wanted: bool, left_code: Code, right_code: Code, position: int) -> Code:
    def compare(frame: AnyFrame) -> bool | None:
        left, right = left_code(frame), right_code(frame)
        kind = type(left)
        if kind is type(right) and (kind is str or kind is Decimal):
            if kind is str and len(left) > LONG_TEXT:
                frame.evaluation.spend_on(left)
            return (left == right) is wanted
        if kind is list or kind is dict:
            frame.evaluation.spend_on(left)
        found = equal(left, right)
        if found is not None:
            return found is wanted
        if frame.evaluation.notes is not None:
            reason = Sentence("{left} cannot be compared with {right}", left=kind_said(left), right=kind_said(right))
            frame.evaluation.note(position, reason)
        return None

    return compare


def _order(operator: str, left_code: Code, right_code: Code, position: int) -> Code:
    in_order: Callable[[Any, Any], bool] = ORDERS[operator]

    def compare(frame: AnyFrame) -> bool | None:
        left, right = left_code(frame), right_code(frame)
        if type(left) is Decimal and type(right) is Decimal:
            return in_order(left, right)
        if type(left) is str and len(left) > LONG_TEXT:
            frame.evaluation.spend_on(left)
        found = ordered(operator, left, right)
        if found is None and frame.evaluation.notes is not None:
            frame.evaluation.note(position, unsuited(operator, left, right))
        return found

    return compare


def compile_between(node: tree.Between, scope: Scope | None, compile_node: Compile) -> Code:
    """`a between b and c` is `a >= b and a <= c`."""
    value_code, low_code, high_code = (compile_node(each, scope) for each in (node.value, node.low, node.high))
    position = node.position

    def compare(frame: AnyFrame) -> bool | None:
        value = value_code(frame)
        above = ordered(">=", value, low_code(frame))
        below = ordered("<=", value, high_code(frame))
        if above is None or below is None:
            frame.evaluation.note(position, Sentence("between needs three values of one type that have an order"))
            return None
        return above and below

    return compare


def compile_conjunction(node: tree.Conjunction, scope: Scope | None, compile_node: Compile) -> Code:
    """`and`: false as soon as one is false; else null unless all are true."""
    return _logic(False, [compile_node(term, scope) for term in node.terms])


def compile_disjunction(node: tree.Disjunction, scope: Scope | None, compile_node: Compile) -> Code:
    """`or`: true as soon as one is true; else null unless all are false."""
    return _logic(True, [compile_node(term, scope) for term in node.terms])


def _logic(decisive: bool, terms: list[Code]) -> Code:
    if len(terms) == 2:
        return _logic_of_two(decisive, *terms)
    neutral = not decisive

    def decide(frame: AnyFrame) -> Any:
        found: bool | None = neutral
        for term in terms:
            value = term(frame)
            if value is decisive:
                return decisive
            if value is not neutral:
                found = None
        return found

    return decide


def _logic_of_two(decisive: bool, first: Code, second: Code) -> Code:
    neutral = not decisive

    def decide(frame: AnyFrame) -> Any:
        one = first(frame)
        if one is decisive:
            return decisive
        other = second(frame)
        if other is decisive:
            return decisive
        return neutral if one is neutral and other is neutral else None

    return decide
