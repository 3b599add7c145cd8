"""FEEL of a form: conditions as form-js reads them, values of rules, computed fields, options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeGuard

from engine.facts.sentences import Sentence, Spoken
from engine.feel import FeelSyntaxError, fault_of, to_json, tree
from engine.feel.calls import calls_in
from engine.feel.closures import Code
from engine.feel.expression import begin
from engine.feel.frames import Evaluation
from engine.feel.names import names_to_know
from engine.feel.parser import parse_expression, parse_tests
from service.forms.judging.feelin import FeelinFails, compile_feelin
from service.forms.judging.numbers import text_of_number

_NO_TYPES: Final[Mapping[str, Any]] = {}
#: Digits of a limit that is not whole, before its point and after it.
_DIGITS, _FRACTION = 15, 6


class ExpressionUnfit(Spoken):
    """The expression is no FEEL that is understood here."""


class Effort:
    """What all expressions of one submission may cost together, in steps of FEEL: one for each, more where it repeats."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = Evaluation()

    def begin(self, names: Mapping[str, Any], now: datetime) -> Evaluation:
        """It goes on with what the one before has left. Raises FeelBudgetExceeded."""
        evaluation = begin(names, now, None)
        evaluation.go_on_from(self._last)
        self._last = evaluation
        evaluation.spend(1)
        return evaluation


@dataclass(slots=True)
class Scope:
    """What expressions see: all values, and inside a list the row, what is around it, and the numbers of the rows."""

    data: dict[str, Any]
    this: Any
    parent: Any
    i: list[int]
    now: datetime
    effort: Effort
    _names: dict[str, Any] | None = None

    def names(self) -> dict[str, Any]:
        """form-js's expression context: a variable goes before this, parent and i."""
        if self._names is None:
            this, parent, i = self.this, self.parent, self.i
            self._names = {"this": this, "parent": parent, "i": i, **self.data, "_this_": this, "_parent_": parent, "_i_": i}
        return self._names

    def row(self, row: Any, number: int) -> Scope:
        return Scope(self.data, row, self.this, [*self.i, number], self.now, self.effort)


Condition = Callable[[Scope], bool]
Value = Callable[[Scope], Any]


def is_expression(text: Any) -> TypeGuard[str]:
    return type(text) is str and text.startswith("=")


def condition(text: str, names: Iterable[str]) -> Condition:
    """Whether `conditional.hide` hides, or `readonly` forbids. Raises ExpressionUnfit.

    form-js takes it for unary tests of null, so that a condition which is null holds: `null = null`.
    """
    tests, codes = _compiled(lambda: parse_tests(text[1:], names_to_know(text, names), _NO_TYPES))
    negated = tests.is_negated
    if any(isinstance(node, tree.UnaryTest) for node in tests.tests):
        return lambda _scope: False  # `< 5` about null
    if not codes:
        return lambda _scope: True

    def holds(scope: Scope) -> bool:
        frame = scope.effort.begin(scope.names(), scope.now)
        try:
            return any(_is_met(code(frame)) for code in codes) is not negated
        except FeelinFails:
            return False

    return holds


def _is_met(found: Any) -> bool:
    return found is None or found is True or (type(found) is list and None in found)


def outcome(text: str, names: Iterable[str]) -> Callable[[Mapping[str, Any], datetime, Effort], Any]:
    """What a condition is for some values, null included; for finding out when that can be. Raises ExpressionUnfit.

    It raises FeelBudgetExceeded when all that share the effort cost too much.
    """
    _, codes = _compiled(lambda: parse_tests(text[1:], names_to_know(text, names), _NO_TYPES))

    def evaluate(values: Mapping[str, Any], now: datetime, effort: Effort) -> Any:
        frame = effort.begin(values, now)
        try:
            return next((found for code in codes if (found := code(frame)) is not False), False)
        except FeelinFails:
            return False

    return evaluate


def value(text: str, names: Iterable[str]) -> Value:
    """What an expression is; null where feelin fails. Raises ExpressionUnfit."""
    _, (code,) = _compiled(lambda: parse_expression(text[1:], names_to_know(text, names), _NO_TYPES))

    def evaluate(scope: Scope) -> Any:
        frame = scope.effort.begin(scope.names(), scope.now)
        try:
            return code(frame)
        except FeelinFails:
            return None

    return evaluate


def call_of_nothing(text: str, names: Iterable[str]) -> Sentence | None:
    """What an expression calls although there is no such function. Raises ExpressionUnfit."""
    tests, _ = _compiled(lambda: parse_tests(text[1:], names_to_know(text, names), _NO_TYPES))
    return fault_of(calls_in(tests))


def json_value(text: str, names: Iterable[str]) -> Value:
    """`value`, as JSON."""
    evaluate = value(text, names)
    return lambda scope: to_json(evaluate(scope))


def names_read(text: Any, names: Iterable[str]) -> frozenset[str]:
    """Every name in an expression, also after `this.` and in quotes: the variables that it reads, and maybe more."""
    if not is_expression(text):
        return frozenset()
    tests, _ = _compiled(lambda: parse_tests(text[1:], names_to_know(text, names), _NO_TYPES))
    nodes = list(tree.walk(tests))
    quoted = (node.value for node in nodes if isinstance(node, tree.Literal) and isinstance(node.value, str))
    return frozenset((*(node.name for node in nodes if isinstance(node, tree.Name | tree.Path)), *quoted))


def written(limit: Any) -> str:
    """A limit as a sentence names it."""
    if type(limit) is Decimal and limit != limit.to_integral_value():
        digits = max(_DIGITS, limit.adjusted() + 1 + _FRACTION)
        return text_of_number(Decimal(f"{limit:.{digits}g}"))
    return text_of_number(limit) if type(limit) in (int, float, Decimal) else str(limit)


def _compiled(parse: Callable[[], Any]) -> tuple[Any, list[Code]]:
    """The tree, and the closures of its tests or the one of the expression."""
    try:
        node = parse()
        parts = node.tests if isinstance(node, tree.Tests) else (node,)
        return node, [compile_feelin(each, None) for each in parts]
    except FeelSyntaxError as error:
        raise ExpressionUnfit(error.sentence) from None
    except RecursionError:
        raise ExpressionUnfit(Sentence("It is nested too deeply.")) from None
