"""Test tables: examples of what a decision gives, in a YAML file `NAME.dmn.tests.yaml` beside `NAME.dmn`.

    decision: Discount                   # id or name
    now: 2026-03-01T09:00:00+08:00       # what now() answers, where the decision asks
    inputs: [amount, customer]           # names for the cases written as rows
    cases:
      - [99.99, silver, 0]               # inputs in that order, then what is expected
      - name: gold customers with large orders
        inputs: {amount: 1000, customer: gold}
        expected: 15
        rules: [3]                       # the rules that match, where it matters

Texts that begin with `=` are FEEL: `=date("2026-03-01")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from engine.dmn.evaluation import NO_FUNCTIONS, Evaluation, Functions, evaluate
from engine.dmn.json_values import inputs_from_json
from engine.dmn.model import Model
from engine.dmn.parts import parts
from engine.dmn.run import DecisionStopped
from engine.dmn.tables import DecisionTable
from engine.facts.errors import NotFound, Problem
from engine.facts.sentences import Sentence, Spoken, verbatim
from engine.feel import FeelBudgetExceeded, FeelSyntaxError, compile_expression, from_json, text_of, to_json

MAX_BYTES = 1_000_000
KEYS = frozenset({"decision", "now", "inputs", "cases"})
CASE_KEYS = frozenset({"name", "decision", "inputs", "expected", "rules"})


@dataclass(frozen=True, slots=True)
class Case:
    """One example. `rules` None: any may match."""

    name: str
    decision: str
    inputs: Mapping[str, Any]
    expected: Any
    rules: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class CaseTable:
    cases: tuple[Case, ...] = ()
    now: datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`sentence` says what went wrong, with `notes` of the evaluation; None for a case that passed."""

    case: Case
    got: Any
    sentence: Sentence | None = None
    notes: tuple[Sentence, ...] = ()

    @property
    def passed(self) -> bool:
        return self.sentence is None


@dataclass(frozen=True, slots=True)
class Report:
    """`unused` are the rules that no case matched, as (id of the table, number of the rule)."""

    outcomes: tuple[Outcome, ...]
    unused: tuple[tuple[str, int], ...]


class _NotACase(Spoken):
    """The entry cannot be read as an example."""


def read_test_table(data: bytes) -> CaseTable:
    """The cases of a file; with problems when it is not a test table."""
    if len(data) > MAX_BYTES:
        return _wrong(
            Sentence("The test table has {count:,} bytes; at most {limit:,} are read.", count=len(data), limit=MAX_BYTES)
        )
    try:
        content = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", -1) + 1
        return _wrong(Sentence("The test table is not YAML: {why}.", why=" ".join(str(fault).split())), line)
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        return _wrong(Sentence("The test table has no list `cases`."))
    unknown = sorted(map(str, content.keys() - KEYS))
    if unknown:
        return _wrong(Sentence("The test table has the unknown key '{key}'.", key=unknown[0]))
    return _table(content)


def _table(content: Mapping[str, Any]) -> CaseTable:
    try:
        cases = tuple(_case(written, number, content) for number, written in enumerate(content["cases"], 1))
        return CaseTable(cases, _moment(content.get("now")))
    except _NotACase as fault:
        return _wrong(fault.sentence)
    except (ValueError, TypeError) as fault:
        return _wrong(verbatim(str(fault)))


def _case(written: Any, number: int, content: Mapping[str, Any]) -> Case:
    decision = content.get("decision", "")
    if isinstance(written, list):
        names = content.get("inputs") or []
        if len(written) != len(names) + 1:
            raise _NotACase(
                Sentence(
                    "Case {number} has {values} {values:value|values} for {inputs} {inputs:input|inputs} and what is expected.",
                    number=number,
                    values=len(written),
                    inputs=len(names),
                )
            )
        return Case(f"case {number}", str(decision), dict(zip(names, written, strict=False)), written[-1])
    if not isinstance(written, dict) or "expected" not in written or written.keys() - CASE_KEYS:
        raise _NotACase(
            Sentence(
                "Case {number} is neither a row nor a mapping with {keys}.", number=number, keys=", ".join(sorted(CASE_KEYS))
            )
        )
    rules = written.get("rules")
    return Case(
        name=str(written.get("name", f"case {number}")),
        decision=str(written.get("decision", decision)),
        inputs=dict(written.get("inputs") or {}),
        expected=written["expected"],
        rules=None if rules is None else tuple(map(int, rules)),
    )


def _moment(written: Any) -> datetime | None:
    if written is None or isinstance(written, datetime):
        return written
    return datetime.fromisoformat(f"{written}T00:00:00" if isinstance(written, date) else str(written))


def _wrong(sentence: Sentence, line: int = 0) -> CaseTable:
    fix = Sentence("See the documentation of decisions for the form of a test table.")
    return CaseTable(problems=(Problem("test-table", sentence, line=line, fix=fix),))


def run_test_table(table: CaseTable, model: Model, *, functions: Functions = NO_FUNCTIONS) -> Report:
    """Evaluates every case."""
    outcomes, used = [], set()
    for case in table.cases:
        try:
            evaluation = evaluate(model, case.decision, _inputs(case, model), now=table.now, functions=functions)
        except (NotFound, DecisionStopped, FeelSyntaxError, FeelBudgetExceeded) as fault:
            outcomes.append(Outcome(case, None, fault.sentence))
            continue
        used |= set(_matched(evaluation))
        reasons = tuple(note.reason for note in evaluation.notes[:3])
        outcomes.append(Outcome(case, evaluation.value, _difference(case, evaluation), reasons))
    return Report(tuple(outcomes), tuple(sorted(_rules(model) - used)))


def _inputs(case: Case, model: Model) -> dict[str, Any]:
    return inputs_from_json(model, {str(name): _value(value) for name, value in case.inputs.items()})


def _value(written: Any) -> Any:
    if isinstance(written, str) and written.startswith("="):
        return compile_expression(written[1:]).evaluate({})
    return from_json(written)


def _difference(case: Case, evaluation: Evaluation) -> Sentence | None:
    """What is not as expected; None when all is."""
    expected = _value(case.expected)
    if to_json(expected) != to_json(evaluation.value):
        return Sentence("Expected {expected}, got {value}.", expected=_shown(expected), value=_shown(evaluation.value))
    matched = sorted(index for _, index in _matched(evaluation))
    if case.rules is not None and sorted(case.rules) != matched:
        return Sentence("Expected rules {rules} to match, but {matched} did.", rules=sorted(case.rules), matched=matched)
    return None


def _shown(value: Any) -> str:
    return text_of([value])[1:-1]


def _matched(evaluation: Evaluation) -> Iterable[tuple[str, int]]:
    for decision in evaluation.trace:
        for table in decision.tables:
            yield from ((table.table, match.index) for match in table.matched)


def _rules(model: Model) -> set[tuple[str, int]]:
    tables = [part for part in parts(model.definitions) if isinstance(part, DecisionTable)]
    return {(table.place.where, index) for table in tables for index in range(1, len(table.rules) + 1)}
