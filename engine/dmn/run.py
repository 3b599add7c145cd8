"""One evaluation under way: its moment and budget, its notes, its trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.dmn.external import answer_external
from engine.dmn.place import Place
from engine.dmn.trace import DecisionTrace, Note
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.feel import Evaluation as FeelEvaluation
from engine.feel import Expression, Function, UnaryTests
from engine.feel import Note as FeelNote
from engine.feel.errors import NotConforming, Refused
from engine.feel.feel_type import FeelType
from engine.feel.types import coerce

Scope = Mapping[str, Any]

MAX_NOTES = 1_000
#: What an expression and a cell of a table cost of the budget of FEEL: together at most 400,000 and 1,000,000 of them.
EXPRESSION_STEPS = 5
TEST_STEPS = 2


class DecisionStopped(Invalid):
    """The decision was stopped. {why}. Look for logic that calls itself without end, or split the decision."""


class Run:
    """Shared by everything that one call of `evaluate` reaches, decision services included: one budget of steps and depth.

    `functions` are those of the host, known to all logic.
    """

    def __init__(self, now: datetime | None = None, functions: Scope | None = None) -> None:
        self._feel_notes: list[FeelNote] = []
        self._feel = FeelEvaluation(now, self._feel_notes)
        self._feel.external = answer_external
        self.functions: Scope = functions or {}
        self.notes: list[Note] = []
        self.trace: list[DecisionTrace] = []
        self.open_decisions: list[DecisionTrace] = []

    def note(self, place: Place, reason: Sentence) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(place.where, place.line, reason))

    def evaluate(self, expression: Expression, scope: Scope, place: Place) -> Any:
        around = self._begin(EXPRESSION_STEPS)
        value = expression.evaluate(scope, evaluation=self._feel)
        self._end(around, place)
        return value

    def holds(self, tests: UnaryTests, value: Any, scope: Scope, place: Place) -> bool:
        """Whether the tests are true for the value; null counts as false."""
        around = self._begin(TEST_STEPS)
        answer = tests.holds(value, scope, evaluation=self._feel)
        self._end(around, place)
        return answer is True

    def call(self, function: Any, arguments: Mapping[str, Any], place: Place) -> Any:
        """The value of a function for arguments by name; null, with a note, when it does not take them."""
        if not isinstance(function, Function):
            self.note(place, Sentence("What is invoked is not a function; the value is null."))
            return None
        try:
            return function.call(list(arguments.values()), tuple(arguments), self._feel)
        except Refused as refused:
            self.note(place, Sentence("{reason}; the value is null.", reason=refused.sentence))
            return None

    def coerce(self, value: Any, type_: FeelType, place: Place) -> Any:
        """The value as the type asks for it, null with a note where it does not conform (clause 10.3.2.9.4)."""
        try:
            return coerce(value, type_)
        except NotConforming as fault:
            self.note(place, Sentence("{reason}; the value is null.", reason=fault.sentence))
            return None

    def _begin(self, steps: int) -> int | None:
        """What the expression around, if this one is in a function it calls, knows of missing names."""
        around = self._feel.missing_since
        self._feel.spend(steps)
        self._feel.missing_since = None
        return around

    def _end(self, around: int | None, place: Place) -> None:
        self._feel.missing_since = around
        if self._feel_notes:
            for note in self._feel_notes:
                self.note(place, note.reason)
            self._feel_notes.clear()


#: Compiled logic: gives its value in a scope.
Step = Callable[[Scope, Run], Any]


def null(scope: Scope, run: Run) -> None:
    """The logic of a part that is missing or wrong; reading the file has reported it."""
