"""Where form-js's FEEL (feelin 6) compares otherwise than the standard: for forms alone, never for decisions or processes.

The browser shows and hides by feelin; who judged by the standard would drop what somebody has filled in, without a word.
- `=` of different types is null, `!=` of them true, neither is ever null for null; a list of one is its item
- `<` of a number and a text converts the text as JavaScript does; beside a boolean, list or context on the right it fails
- `in`, `some` and `every` are true or false, never null
- `if` goes by anything that is neither false nor null
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

from engine.feel import tree
from engine.feel.closures import Code, Scope
from engine.feel.compile_loops import compile_quantified
from engine.feel.compile_tests import compile_in
from engine.feel.compiler import compiler_of
from engine.feel.equality import ordered
from engine.feel.frames import AnyFrame
from service.forms.judging.numbers import read_number

_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class FeelinFails(Exception):
    """feelin gives up here: a condition hides nothing, a value is null."""


def _comparison(node: tree.Comparison, scope: Scope | None, compile_node: Callable[..., Code]) -> Code:
    left, right = compile_node(node.left, scope), compile_node(node.right, scope)
    if node.operator == "=":
        return lambda frame: equal(left(frame), right(frame))
    if node.operator == "!=":
        return lambda frame: not equal(left(frame), right(frame))
    return _order(node.operator, left, right)


def _order(operator: str, left: Code, right: Code) -> Code:
    in_order = _ORDERS[operator]

    def compare(frame: AnyFrame) -> bool | None:
        one, other = left(frame), right(frame)
        kind = type(other)
        if type(one) is kind and (kind is Decimal or kind is str):
            return in_order(one, other)
        if kind is bool or kind is list or kind is dict:
            raise FeelinFails
        if one is None or other is None:
            return None
        if kind is Decimal or kind is str:
            return _in_order_as_numbers(in_order, one, other)
        return ordered(operator, one, other)

    return compare


def _in_order_as_numbers(in_order: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    numbers = [_as_number(one), _as_number(other)]
    return None not in numbers and in_order(*numbers)


def _as_number(value: Any) -> Any:
    if type(value) is bool:
        return int(value)
    if type(value) is list:
        value = "" if not value else value[0] if len(value) == 1 else None
    if type(value) is str:
        return read_number(value) if value.strip() else 0
    return value if type(value) in (int, float, Decimal) else None


def equal(one: Any, other: Any) -> bool | None:
    """Whether feelin takes two values for equal; None for values of different types."""
    kind = type(one)
    if kind is type(other) and (kind is str or kind is Decimal or kind is bool):
        return bool(one == other)
    if one is None or other is None:
        return one is other
    one, other = _single(one), _single(other)
    if _kind(one) is not _kind(other):
        return None
    if type(one) is list:
        return len(one) == len(other) and all(equal(a, b) for a, b in zip(one, other, strict=True))
    if type(one) is dict:
        return one.keys() == other.keys() and all(equal(value, other[key]) for key, value in one.items())
    return bool(one == other)


def _single(value: Any) -> Any:
    if type(value) is list and len(value) < 2:
        return value[0] if value else None
    return value


def _kind(value: Any) -> Any:
    kind = type(value)
    return Decimal if kind is int or kind is float else kind


def _if(node: tree.If, scope: Scope | None, compile_node: Callable[..., Code]) -> Code:
    condition, yes, no = (compile_node(each, scope) for each in (node.condition, node.yes, node.no))

    def choose(frame: AnyFrame) -> Any:
        found = condition(frame)
        return no(frame) if found is None or found is False else yes(frame)

    return choose


def _never_null(compile_one: Callable[..., Code]) -> Callable[..., Code]:
    def compiled(node: tree.Node, scope: Scope | None, compile_node: Callable[..., Code]) -> Code:
        code = compile_one(node, scope, compile_node)
        return lambda frame: code(frame) is True

    return compiled


compile_feelin: Final = compiler_of(
    {
        tree.Comparison: _comparison,
        tree.If: _if,
        tree.In: _never_null(compile_in),
        tree.Quantified: _never_null(compile_quantified),
    }
)
