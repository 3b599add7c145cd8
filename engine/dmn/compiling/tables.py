"""Decision tables (DMN 1.5, clause 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.hit_policies import POLICIES, Policy, aggregate
from engine.dmn.compiling.names import Names
from engine.dmn.compiling.ranking import Ranking
from engine.dmn.place import Place, Text
from engine.dmn.run import Run, Scope, Step
from engine.dmn.tables import DecisionTable, InputClause, OutputClause, Rule
from engine.dmn.trace import MatchedRule, TableTrace
from engine.facts.sentences import Sentence
from engine.feel import UnaryTests
from engine.feel.feel_type import FeelType

#: Evaluations of tables remembered for one decision: a table inside a loop has many.
MAX_TABLE_TRACES = 1_000
#: An input cell that every value passes.
IRRELEVANT = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """What is tested: its value, and the values it may have (None: any)."""

    text: str
    value: Step
    allowed: UnaryTests | None
    place: Place


@dataclass(frozen=True, slots=True)
class Result:
    """What a column of outputs gives."""

    name: str
    type: FeelType
    allowed: UnaryTests | None
    default: Step | None
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: the columns that matter to it with their tests (None: not FEEL, never passed), and its outputs."""

    rule: Rule
    index: int
    tests: tuple[tuple[int, UnaryTests | None], ...]
    outputs: tuple[Step, ...]


def decision_table(compiler: Compiler, table: DecisionTable, names: Names) -> Step:
    columns = [_column(compiler, clause, names) for clause in table.inputs]
    results = [_result(compiler, clause, names) for clause in table.outputs]
    rows = [_row(compiler, rule, index, len(columns), names) for index, rule in enumerate(table.rules, 1)]
    return _Table(table, columns, results, rows, _ranking(compiler, table, names))


class _Table:
    """A compiled table: a step."""

    def __init__(
        self, table: DecisionTable, columns: list[Column], results: list[Result], rows: list[Row], ranking: Ranking | None
    ) -> None:
        self._table = table
        self._columns = columns
        self._results = results
        self._rows = rows
        self._ranking = ranking
        self._policy = _policy(table)

    def __call__(self, scope: Scope, run: Run) -> Any:
        values = [column.value(scope, run) for column in self._columns]
        matched: list[MatchedRule] = []
        if self._are_allowed(values, scope, run):
            matched = self._matched(values, scope, run)
            value = self._decide(matched, scope, run)
        else:
            value = None
        self._record(values, matched, value, run)
        return value

    def _are_allowed(self, values: list[Any], scope: Scope, run: Run) -> bool:
        for column, value in zip(self._columns, values, strict=True):
            if column.allowed and value is not None and not run.holds(column.allowed, value, scope, column.place):
                run.note(
                    column.place,
                    Sentence("The value of '{text}' is not among the allowed ones; the table gives null.", text=column.text),
                )
                return False
        return True

    def _matched(self, values: list[Any], scope: Scope, run: Run) -> list[MatchedRule]:
        found = []
        for row in self._rows:
            if all(tests and run.holds(tests, values[index], scope, row.rule.place) for index, tests in row.tests):
                found.append(self._match(row, scope, run))
                if self._table.hit_policy == "FIRST":
                    break
        return found

    def _match(self, row: Row, scope: Scope, run: Run) -> MatchedRule:
        outputs = {}
        for result, step in zip(self._results, row.outputs, strict=False):
            outputs[result.name] = self._checked(result, step(scope, run), scope, run)
        return MatchedRule(row.index, row.rule.id, outputs, row.rule.annotations)

    def _checked(self, result: Result, value: Any, scope: Scope, run: Run) -> Any:
        """An output that its clause does not allow is null."""
        value = run.coerce(value, result.type, result.place)
        if value is None or result.allowed is None or run.holds(result.allowed, value, scope, result.place):
            return value
        run.note(result.place, Sentence("The output '{name}' is not among the allowed values; it is null.", name=result.name))
        return None

    def _decide(self, matched: list[MatchedRule], scope: Scope, run: Run) -> Any:
        if not matched:
            return self._without_match(scope, run)
        ranked = self._ranking.sorted(matched, scope, run) if self._ranking else matched
        return self._policy([self._shaped(match.outputs) for match in ranked], run, self._table.place)

    def _without_match(self, scope: Scope, run: Run) -> Any:
        """The default outputs; without any, an empty collection for COLLECT, else null."""
        if any(result.default for result in self._results):
            defaults = {result.name: result.default(scope, run) if result.default else None for result in self._results}
            return self._shaped(defaults)
        if self._table.hit_policy == "COLLECT":
            return self._policy([], run, self._table.place)
        run.note(self._table.place, Sentence("No rule matches; the table gives null."))
        return None

    def _shaped(self, outputs: Any) -> Any:
        """A single output is the value itself, several are a context."""
        return dict(outputs) if len(self._results) > 1 else next(iter(outputs.values()), None)

    def _record(self, values: list[Any], matched: list[MatchedRule], value: Any, run: Run) -> None:
        if run.open_decisions and len(run.open_decisions[-1].tables) < MAX_TABLE_TRACES:
            tested = tuple((column.text, value) for column, value in zip(self._columns, values, strict=True))
            policy = " ".join(filter(None, (self._table.hit_policy, self._table.aggregation)))
            trace = TableTrace(self._table.place.where, policy, tested, tuple(matched), value)
            run.open_decisions[-1].tables.append(trace)


def _column(compiler: Compiler, clause: InputClause, names: Names) -> Column:
    value = compiler.typed(compiler.text(clause.expression, names), clause.type_ref, clause.place)
    allowed = compiler.tests(clause.allowed, names) if clause.allowed else None
    return Column(clause.expression.text, value, allowed, clause.place)


def _result(compiler: Compiler, clause: OutputClause, names: Names) -> Result:
    return Result(
        name=clause.name,
        type=compiler.type_of(clause.type_ref, clause.place),
        allowed=compiler.tests(clause.allowed, names) if clause.allowed else None,
        default=compiler.text(clause.default, names) if clause.default else None,
        place=clause.place,
    )


def _row(compiler: Compiler, rule: Rule, index: int, width: int, names: Names) -> Row:
    """Cells beyond the columns test nothing; reading the file has reported them."""
    cells = [(column, cell) for column, cell in enumerate(rule.tests[:width]) if cell.text != IRRELEVANT]
    tests = tuple((column, compiler.tests(cell, names)) for column, cell in cells)
    return Row(rule, index, tests, tuple(compiler.text(cell, names) for cell in rule.outputs))


def _policy(table: DecisionTable) -> Policy:
    if table.hit_policy == "COLLECT" and table.aggregation:
        return aggregate(table.aggregation)
    return POLICIES[table.hit_policy]


def _ranking(compiler: Compiler, table: DecisionTable, names: Names) -> Ranking | None:
    if table.hit_policy not in ("PRIORITY", "OUTPUT ORDER"):
        return None
    lists = [(clause.name, _listed(compiler, clause.allowed, names)) for clause in table.outputs if clause.allowed]
    return Ranking(lists)


def _listed(compiler: Compiler, allowed: Text, names: Names) -> Step:
    """The allowed values as a list, the most important first."""
    return compiler.text(Text(f"[{allowed.text}]", allowed.place), names)
