"""A decision table as boxes over samples of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.dmn.analysis.cells import Cell, cell
from engine.dmn.analysis.findings import Finding, Kind
from engine.dmn.analysis.samples import samples
from engine.dmn.analysis.space import Box, Budget
from engine.dmn.definitions import ItemDefinition
from engine.dmn.model import Model
from engine.dmn.tables import DecisionTable, InputClause
from engine.facts.sentences import Sentence
from engine.feel import text_of


@dataclass(frozen=True)
class Grid:
    """`possible` are the inputs a rule may match, `certain` those it matches for sure: they differ for cells not understood.

    `values` are the samples of each column; a column that no rule tests has a single one, which says nothing.
    """

    table: DecisionTable
    values: tuple[tuple[Any, ...], ...]
    possible: tuple[Box, ...]
    certain: tuple[Box, ...]

    @property
    def all_inputs(self) -> Box:
        return tuple((1 << len(values)) - 1 for values in self.values)

    @property
    def sizes(self) -> list[int]:
        """How many samples each column has."""
        return [len(values) for values in self.values]

    def text(self, rule: int, column: int) -> str:
        return _text(self.table, rule, column)

    def has_same_outputs(self, first: int, second: int) -> bool:
        mine, its = self.table.rules[first].outputs, self.table.rules[second].outputs
        return [each.text for each in mine] == [each.text for each in its]

    def finding(self, kind: Kind, rules: tuple[int, ...], sentence: Sentence, box: Box | None = None) -> Finding:
        place = self.table.rules[rules[0]].place if rules else self.table.place
        return Finding(kind, tuple(rule + 1 for rule in rules), self.example(box) if box else {}, sentence, place)

    def example(self, box: Box) -> dict[str, Any]:
        """The first sample of each column that matters."""
        pairs = zip(self.table.inputs, self.values, box, strict=True)
        return {clause.expression.text: values[_lowest(chosen)] for clause, values, chosen in pairs if len(values) > 1}

    def shown(self, box: Box) -> str | Sentence:
        """The example as a person reads it."""
        example = self.example(box)
        return " and ".join(f"{text} = {text_of([value])[1:-1]}" for text, value in example.items()) or Sentence(
            "whatever the inputs are"
        )


def grid(table: DecisionTable, model: Model | None, budget: Budget) -> Grid:
    """Raises TooLarge."""
    columns = [_cells(table, column) for column in range(len(table.inputs))]
    values = tuple(_values(clause, cells, model) for clause, cells in zip(table.inputs, columns, strict=True))
    passing = [_passing(cells, samples_, budget) for cells, samples_ in zip(columns, values, strict=True)]
    possible = [_boxes(cells, found, len(samples_)) for cells, found, samples_ in zip(columns, passing, values, strict=True)]
    certain = [_boxes(cells, found, 0) for cells, found in zip(columns, passing, strict=True)]
    rules = range(len(table.rules))
    return Grid(
        table,
        values,
        tuple(tuple(column[rule] for column in possible) for rule in rules),
        tuple(tuple(column[rule] for column in certain) for rule in rules),
    )


def _cells(table: DecisionTable, column: int) -> list[Cell]:
    """The cells of a column; those with the same text are one."""
    texts = [_text(table, rule, column) for rule in range(len(table.rules))]
    known = {text: cell(text) for text in texts}
    return [known[text] for text in texts]


def _text(table: DecisionTable, rule: int, column: int) -> str:
    """A cell that is missing tests nothing."""
    tests = table.rules[rule].tests
    return tests[column].text if column < len(tests) else "-"


def _passing(cells: list[Cell], values: tuple[Any, ...], budget: Budget) -> dict[str, int]:
    """The samples that pass, by the text of the cell."""
    distinct = {each.text: each for each in cells}
    budget.spend(len(distinct) * len(values))
    return {text: each.passing(values) for text, each in distinct.items()}


def _boxes(cells: list[Cell], passing: dict[str, int], unknown: int) -> list[int]:
    """The bit set of each cell; one that is not understood has the first `unknown` samples."""
    return [passing[each.text] if each.is_constant else (1 << unknown) - 1 for each in cells]


def _values(clause: InputClause, cells: list[Cell], model: Model | None) -> tuple[Any, ...]:
    """Samples of a column, those that its allowed values let through."""
    allowed = [cell(text) for text in _allowed(clause, model)]
    limits = [limit for each in (*cells, *allowed) for limit in each.limits or ()]
    found = samples(limits, is_boolean=_base_type(clause.type_ref, model) == "boolean")
    for each in allowed:
        passing = each.passing(found)
        found = [value for index, value in enumerate(found) if passing >> index & 1] if each.is_constant else found
    return tuple(found) or (None,)


def _allowed(clause: InputClause, model: Model | None) -> list[str]:
    """The allowed values of the clause and of its type."""
    texts = [clause.allowed.text] if clause.allowed else []
    return texts + [item.allowed.text for item in _definitions(clause.type_ref, model) if item.allowed]


def _base_type(type_ref: str | None, model: Model | None) -> str | None:
    return next((item.type_ref for item in reversed(_definitions(type_ref, model))), type_ref)


def _definitions(type_ref: str | None, model: Model | None) -> list[ItemDefinition]:
    """The item definition of this name and those it builds on."""
    items = {item.name: item for item in model.definitions.item_definitions if not item.is_collection} if model else {}
    found: list[ItemDefinition] = []
    while type_ref in items and items[type_ref] not in found:
        found.append(items[type_ref])
        type_ref = found[-1].type_ref
    return found


def _lowest(samples_: int) -> int:
    return (samples_ & -samples_).bit_length() - 1
