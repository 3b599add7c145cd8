"""Turns boxed expressions into steps: compiled once when the file is read, run for every evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.dmn.boxed import Boxed
from engine.dmn.compiling.names import Names
from engine.dmn.naming import Spelling
from engine.dmn.place import Place, Text, Variable
from engine.dmn.problems import Problems
from engine.dmn.run import Run, Scope, Step, null
from engine.dmn.types import Types
from engine.facts.sentences import Sentence
from engine.feel import Expression, FeelSyntaxError, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.feel_type import FeelType
from engine.feel.types import ANY


@dataclass(frozen=True, slots=True)
class Compiled:
    """`undeclared` are the names used that are in no scope."""

    step: Step
    undeclared: frozenset[str]


class Compiler:
    """Compiles the logic of one file. `compilers` has a function for each kind of boxed expression."""

    def __init__(self, types: Types, spelling: Spelling, problems: Problems, compilers: Mapping[type, Any]) -> None:
        self.types = types
        self._compilers = compilers
        self.problems = problems
        self._spelling = spelling
        self._undeclared: set[str] = set()

    def compiled(self, logic: Boxed | None, names: Names) -> Compiled:
        """The logic of a decision, with the names it uses that nothing around it has."""
        self._undeclared = set()
        step = self.step(logic, names)
        return Compiled(step, frozenset(self._undeclared))

    def step(self, logic: Boxed | None, names: Names) -> Step:
        """The logic with its value checked against its own type; `names` are those in its scope."""
        if logic is None:
            return null
        return self.typed(self._compilers[type(logic)](self, logic, names), logic.type_ref, logic.place)

    def typed(self, step: Step, type_ref: str | None, place: Place) -> Step:
        """`step` with its value coerced to the type, or null where it does not conform."""
        type_ = self.type_of(type_ref, place)
        if type_ == ANY or step is null:
            return step

        def coerced(scope: Scope, run: Run) -> Any:
            return run.coerce(step(scope, run), type_, place)

        return coerced

    def type_of(self, type_ref: str | None, place: Place) -> FeelType:
        return self.types.named(type_ref, place)

    def variable_type(self, variable: Variable) -> FeelType:
        return self.types.named(variable.type_ref, variable.place)

    def text(self, text: Text, names: Names) -> Step:
        """The step of a FEEL expression; one that is not FEEL is reported and evaluates to null."""
        expression, place = self.expression(text, names), text.place
        if expression is None:
            return lambda scope, run: run.note(place, Sentence("The expression is not FEEL; its value is null."))

        def evaluated(scope: Scope, run: Run) -> Any:
            return run.evaluate(expression, scope, place)

        return evaluated

    def expression(self, text: Text, names: Names) -> Expression | None:
        try:
            expression = compile_expression(text.text, self._spelling.names_in(text.text), types=self.types.plain)
        except FeelSyntaxError as fault:
            self._report(fault, text.place)
            return None
        self._undeclared.update(names.without(expression.names))
        return expression

    def tests(self, text: Text, names: Names) -> UnaryTests | None:
        try:
            tests = compile_unary_tests(text.text, self._spelling.names_in(text.text), types=self.types.plain)
        except FeelSyntaxError as fault:
            self._report(fault, text.place)
            return None
        self._undeclared.update(names.without(tests.names))
        return tests

    def _report(self, fault: FeelSyntaxError, place: Place) -> None:
        self.problems.error("feel-syntax", fault.sentence, place, fault.hint or Sentence("Correct the expression."))
