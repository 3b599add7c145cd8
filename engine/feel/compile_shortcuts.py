"""Shorter closures for what conditions are mostly made of: a variable of the host beside a literal, and paths from one.

Each takes the general closure as `slow` and hands over whatever it is not made for, so that there is one meaning.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.feel import tree
from engine.feel.closures import Code, Scope, place_of
from engine.feel.frames import MISSING, AnyFrame
from engine.feel.numbers import ADD, DIVIDE, MULTIPLY, SUBTRACT
from engine.feel.values import FEEL_TYPES, value_of

_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_NUMBERS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": ADD,
    "-": SUBTRACT,
    "*": MULTIPLY,
    "/": DIVIDE,
}


def is_host_name(node: tree.Node, scope: Scope | None) -> bool:
    """Whether the node is a variable that only the host can give a value."""
    if not isinstance(node, tree.Name):
        return False
    place = place_of(node.name, scope)
    return place.certain is None and not place.possible


def shorter_comparison(node: tree.Comparison, scope: Scope | None, slow: Code) -> Code:
    """`name op literal` for a number or text; integers of the host need not become decimals."""
    if not is_host_name(node.left, scope) or not isinstance(node.left, tree.Name) or not isinstance(node.right, tree.Literal):
        return slow
    if type(node.right.value) is Decimal:
        return _beside_number(node.left.name, _ORDERS[node.operator], node.right.value, slow)
    if type(node.right.value) is str and node.operator in ("=", "!="):
        return _beside_text(node.left.name, _ORDERS[node.operator], node.right.value, slow)
    return slow


def _beside_number(name: str, compares: Callable[[Any, Any], bool], limit: Decimal, slow: Code) -> Code:
    whole = int(limit) if limit == limit.to_integral_value() and limit.adjusted() < 30 else limit

    def compare(frame: AnyFrame) -> Any:
        value: Any = frame.host.get(name)
        kind = type(value)
        if kind is int:
            return compares(value, whole)
        if kind is float and value - value == 0:
            value = Decimal(repr(value))
        elif kind is not Decimal:
            return slow(frame)
        return compares(value, limit)

    return compare


def _beside_text(name: str, compares: Callable[[Any, Any], bool], text: str, slow: Code) -> Code:
    def compare(frame: AnyFrame) -> Any:
        value = frame.host.get(name)
        return compares(value, text) if type(value) is str else slow(frame)

    return compare


def shorter_arithmetic(sign: str, left_code: Code, right: tree.Node, right_code: Code, slow: Callable[..., Any]) -> Code | None:
    """`left op right` for two numbers; a literal on the right is not looked up again. None for other operators.

    `slow(frame, left, right)` computes everything else, faults included.
    """
    compute = _NUMBERS.get(sign)
    if compute is None:
        return None
    if isinstance(right, tree.Literal) and type(right.value) is Decimal:
        return _with_literal(compute, left_code, right.value, slow)

    def of_two(frame: AnyFrame) -> Any:
        left, other = left_code(frame), right_code(frame)
        if type(left) is Decimal and type(other) is Decimal:
            try:
                return compute(left, other)
            except ArithmeticError:
                return slow(frame, left, other)
        return slow(frame, left, other)

    return of_two


def _with_literal(
    compute: Callable[[Decimal, Decimal], Decimal], left_code: Code, literal: Decimal, slow: Callable[..., Any]
) -> Code:
    def with_literal(frame: AnyFrame) -> Any:
        left = left_code(frame)
        if type(left) is Decimal:
            try:
                return compute(left, literal)
            except ArithmeticError:
                return slow(frame, left, literal)
        return slow(frame, left, literal)

    return with_literal


def shorter_path(node: tree.Path, scope: Scope | None, slow: Code) -> Code:
    """`name.entry.entry` through contexts of the host, in one closure."""
    keys: list[str] = []
    source: tree.Node = node
    while isinstance(source, tree.Path):
        keys.append(source.name)
        source = source.source
    if not is_host_name(source, scope) or not isinstance(source, tree.Name):
        return slow
    first, rest = source.name, tuple(reversed(keys))

    def read(frame: AnyFrame) -> Any:
        value = frame.host.get(first)
        for key in rest:
            if type(value) is not dict:
                return slow(frame)
            value = value.get(key, MISSING)
        if type(value) in FEEL_TYPES:
            return value
        return slow(frame) if value is MISSING else value_of(value)

    return read
