"""The entry points: text to compiled expressions and tests, cached; and their evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.calls import Call, calls_in
from engine.feel.closures import Code, with_names
from engine.feel.compile_cells import compile_tests
from engine.feel.compile_tests import QUESTION, Test
from engine.feel.compiler import compile_node
from engine.feel.errors import FeelBudgetExceeded, FeelSyntaxError, Note
from engine.feel.feel_type import FeelType
from engine.feel.frames import MAX_DEPTH, NO_NAMES, AnyFrame, Clock, Evaluation, Frame
from engine.feel.known_names import needs_knowing
from engine.feel.names import free_names, may_hide_names, names_to_know, spells
from engine.feel.parser import parse_expression, parse_tests

#: Longer texts are compiled anew each time, so that the caches stay small.
_LONGEST_KEPT: Final = 5_000
_NO_TYPES: Final[Mapping[str, FeelType]] = {}
#: Making an evaluation without its initialiser saves a tenth of the time of a condition.
_NEW: Final = object.__new__
_QUESTION_SCOPE: Final = with_names(None, frozenset({QUESTION}))


class Expression:
    """A compiled expression. It keeps no state: any number of threads may evaluate it."""

    __slots__ = ("_code", "_hides_names", "_known", "_types", "calls", "names", "text")

    def __init__(self, text: str, known: frozenset[str], types: Mapping[str, FeelType]) -> None:
        try:
            node = parse_expression(text, known, types)
            self._code: Code = compile_node(node)
        except RecursionError:
            raise _too_deep(text) from None
        self.text = text
        self._known = known
        self._types = types
        self._hides_names = may_hide_names(text)
        self.names: frozenset[str] = free_names(node)
        #: Calls of what neither the expression nor the standard makes a function.
        self.calls: tuple[Call, ...] = calls_in(node)

    def evaluate(
        self,
        scope: Mapping[str, Any],
        *,
        now: datetime | Clock | None = None,
        notes: list[Note] | None = None,
        evaluation: Evaluation | None = None,
    ) -> Any:
        """The value among the names of `scope`; None for null, with the reasons in `notes`.

        `now` is what now() and today() answer. A host function passes the `evaluation` it got, so that the budget is shared.
        Raises FeelBudgetExceeded.
        """
        frame: AnyFrame
        if evaluation is None:
            frame = evaluation = begin(scope, now, notes)
        else:
            frame = Frame(scope, evaluation, NO_NAMES, None)
        try:
            value = self._code(frame)
        except RecursionError:
            raise FeelBudgetExceeded(Sentence("it nests too deeply"), MAX_DEPTH) from None
        if evaluation.missing_since is not None and self._hides_names:
            hidden = _hidden_names(self.text, scope) - self._known
            if hidden:
                evaluation.try_again()
                again = compile_expression(self.text, self._known | hidden, self._types)
                return again.evaluate(scope, evaluation=evaluation)
        return value


class UnaryTests:
    """The compiled tests of a decision table's cell."""

    __slots__ = ("_hides_names", "_known", "_test", "_types", "names", "text")

    def __init__(self, text: str, known: frozenset[str], types: Mapping[str, FeelType]) -> None:
        try:
            tests = parse_tests(text, known, types)
            self._test: Test = compile_tests(tests, _QUESTION_SCOPE, compile_node)
        except RecursionError:
            raise _too_deep(text) from None
        self.text = text
        self._known = known
        self._types = types
        self._hides_names = may_hide_names(text)
        self.names: frozenset[str] = free_names(tests) - {QUESTION}

    def holds(
        self,
        value: Any,
        scope: Mapping[str, Any],
        *,
        now: datetime | Clock | None = None,
        notes: list[Note] | None = None,
        evaluation: Evaluation | None = None,
    ) -> bool | None:
        """Whether the value passes; None when that cannot be told, such as `< 5` for null."""
        if evaluation is None:
            evaluation = begin(scope, now, notes)
        try:
            found = self._test(Frame(scope, evaluation, {QUESTION: value}, None), value)
        except RecursionError:
            raise FeelBudgetExceeded(Sentence("it nests too deeply"), MAX_DEPTH) from None
        if evaluation.missing_since is not None and self._hides_names:
            hidden = _hidden_names(self.text, scope) - self._known
            if hidden:
                evaluation.try_again()
                again = compile_unary_tests(self.text, self._known | hidden, self._types)
                return again.holds(value, scope, evaluation=evaluation)
        return found


def _too_deep(text: str) -> FeelSyntaxError:
    return FeelSyntaxError(Sentence("The expression is nested too deeply"), text, 0, Sentence("Name its parts in a context."))


def begin(scope: Mapping[str, Any], now: datetime | Clock | None, notes: list[Note] | None) -> Evaluation:
    """A new evaluation with a full budget."""
    evaluation = _NEW(Evaluation)
    evaluation.host = scope
    if now is not None:
        evaluation.now = now
    if notes is not None:
        evaluation.notes = notes
    return evaluation


def _hidden_names(text: str, scope: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name in scope if needs_knowing(name) and spells(text, name))


def compile_expression(text: str, names: Iterable[str] = (), types: Mapping[str, FeelType] | None = None) -> Expression:
    """The expression `text` means. `names` are the variables known; only those with operators or keywords in them matter.

    `types` are the host's types by name (item definitions). Raises FeelSyntaxError.
    """
    known = names_to_know(text, names)
    if types or len(text) > _LONGEST_KEPT:
        return Expression(text, known, types or _NO_TYPES)
    return _expression(text, known)


def compile_unary_tests(text: str, names: Iterable[str] = (), types: Mapping[str, FeelType] | None = None) -> UnaryTests:
    """The tests a decision table's cell means: `-`, `< 5`, `"a", "b"`, `not(…)`, `? > 3`. Raises FeelSyntaxError."""
    known = names_to_know(text, names)
    if types or len(text) > _LONGEST_KEPT:
        return UnaryTests(text, known, types or _NO_TYPES)
    return _unary_tests(text, known)


@lru_cache(maxsize=4096)
def _expression(text: str, known: frozenset[str]) -> Expression:
    return Expression(text, known, _NO_TYPES)


@lru_cache(maxsize=4096)
def _unary_tests(text: str, known: frozenset[str]) -> UnaryTests:
    return UnaryTests(text, known, _NO_TYPES)
