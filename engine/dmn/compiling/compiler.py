"""Turns boxed expressions into steps: compiled once when the file is read, run for every evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.dmn import boxed as box
from engine.dmn.boxed import Boxed
from engine.dmn.compiling import collections, conditions, functions, tables
from engine.dmn.compiling.names import Names
from engine.dmn.naming import Spelling
from engine.dmn.place import Place, Text, Variable
from engine.dmn.problems import Problems
from engine.dmn.run import Run, Scope, Step, null
from engine.dmn.tables import DecisionTable
from engine.dmn.types import Types
from engine.facts.sentences import Sentence
from engine.feel import Expression, FeelSyntaxError, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.types import ANY, FeelType


@dataclass(frozen=True, slots=True)
class Compiled:
    """`undeclared` are the names used that are in no scope."""

    step: Step
    undeclared: frozenset[str]


class Compiler:
    """Compiles the logic of one file."""

    def __init__(self, types: Types, spelling: Spelling, problems: Problems) -> None:
        self.types = types
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
        return self.typed(COMPILERS[type(logic)](self, logic, names), logic.type_ref, logic.place)

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


def _literal(compiler: Compiler, logic: box.LiteralExpression, names: Names) -> Step:
    return compiler.text(Text(logic.text, logic.place), names)


COMPILERS: dict[type, Any] = {
    box.LiteralExpression: _literal,
    box.Context: collections.context,
    box.ListExpression: collections.list_,
    box.Relation: collections.relation,
    box.FunctionDefinition: functions.definition,
    box.Invocation: functions.invocation,
    box.Conditional: conditions.conditional,
    box.For: conditions.for_,
    box.Quantified: conditions.quantified,
    box.Filter: conditions.filter_,
    DecisionTable: tables.decision_table,
}
