"""What the cells of a column mean, where they are constant: the limits they name, and the values that pass them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel import Evaluation, FeelBudgetExceeded, FeelSyntaxError, Range, UnaryTests, compile_unary_tests, tree
from engine.feel.compiler import compile_node
from engine.feel.names import free_names
from engine.feel.parser import parse_tests

#: Built-in functions that are not constant.
CLOCK = {"now", "today"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The tests of a cell. `limits` is None where the cell depends on more than the value tested: nothing is known of it then."""

    text: str
    tests: UnaryTests | None
    limits: tuple[Any, ...] | None

    @property
    def is_constant(self) -> bool:
        return self.limits is not None

    def passing(self, values: Sequence[Any]) -> int:
        """The values that pass, as a bit set over their positions; no value for a cell that is not constant."""
        if self.tests is None or not self.is_constant:
            return 0
        return sum(1 << index for index, value in enumerate(values) if self.tests.holds(value, {}) is True)


def cell(text: str) -> Cell:
    """A cell of a decision table, or its allowed values."""
    try:
        parsed = parse_tests(text, (), {})
        return Cell(text, compile_unary_tests(text), _limits(parsed))
    except (FeelSyntaxError, FeelBudgetExceeded):
        return Cell(text, None, None)


def _limits(tests: tree.Tests) -> tuple[Any, ...] | None:
    found: list[Any] = []
    for test in tests.tests:
        if free_names(test) or _reads_clock(test):
            return None
        found += _values_of(test)
    return tuple(found) if not any(isinstance(value, dict) for value in found) else None


def _reads_clock(test: tree.Node) -> bool:
    return any(isinstance(node, tree.Name) and node.name in CLOCK for node in (test, *tree.walk(test)))


def _values_of(test: tree.Node) -> Iterable[Any]:
    """The values a constant test compares with."""
    ends = (test.endpoint,) if isinstance(test, tree.UnaryTest) else (test,)
    for end in ends:
        yield from _flat(compile_node(end)(Evaluation()))


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, Range):
        yield from (end for end in (value.start, value.end) if end is not None)
    else:
        yield value
