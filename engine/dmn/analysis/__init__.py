"""Static analysis of decision tables: gaps, overlaps, rules that never match, rules in the shadow of others.

Every finding comes with inputs that show it. Cells that read other variables or call functions of the value are not
understood: rules with such cells are taken as matching where that keeps a finding from being false.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.analysis.findings import Finding, Kind
from engine.dmn.analysis.grid import Grid, grid
from engine.dmn.analysis.ranks import ranks
from engine.dmn.analysis.space import Space, TooLarge, intersection, intersects
from engine.dmn.model import Model
from engine.dmn.parts import parts
from engine.dmn.tables import DecisionTable

MAX_FINDINGS = 20

__all__ = ["Finding", "Kind", "analyse", "analyse_model"]


def analyse(table: DecisionTable, model: Model | None = None) -> tuple[Finding, ...]:
    """What is doubtful about a table, at most 20 findings of each kind. `model` tells the allowed values of its types."""
    try:
        return tuple(_findings(grid(table, model)))
    except TooLarge:
        return (Finding("not-analysed", (), {}, "The table is too large to be analysed.", table.place),)


def analyse_model(model: Model) -> tuple[Finding, ...]:
    """The findings about every table of a model, in the order of the file."""
    tables = [part for part in parts(model.definitions) if isinstance(part, DecisionTable)]
    found = [finding for table in tables for finding in analyse(table, model)]
    return tuple(sorted(found, key=lambda finding: finding.place.line))


def _findings(view: Grid) -> Iterator[Finding]:
    space = Space()
    yield from _never_matching(view)
    yield from _shadowed(view, space)
    yield from _overlaps(view)
    yield from _gaps(view, space)


def _never_matching(view: Grid) -> Iterator[Finding]:
    for index, box in enumerate(view.possible):
        for column, samples in enumerate(box):
            if not samples:
                clause = view.table.inputs[column].expression.text
                text = view.table.rules[index].tests[column].text
                sentence = f"Rule {index + 1} never matches: no allowed value of {clause} passes {text}."
                yield view.finding("never-matching", (index,), sentence)
                break


def _shadowed(view: Grid, space: Space) -> Iterator[Finding]:
    """Where one rule wins, a rule is of no use when those before it take all its inputs."""
    order = ranks(view.table)
    if order is None:
        return
    for position, index in enumerate(order):
        earlier = [each for each in order[:position] if intersects(view.certain[each], view.possible[index])]
        box = view.possible[index]
        if not all(box) or not earlier or space.uncovered([view.certain[each] for each in earlier], box, 1):
            continue
        others = ", ".join(str(each + 1) for each in sorted(earlier))
        sentence = f"Rule {index + 1} is never used: rule {others} comes before it, for example when {view.shown(box)}."
        yield view.finding("shadowed", (index, *sorted(earlier)), sentence, box)


def _overlaps(view: Grid) -> Iterator[Finding]:
    policy = view.table.hit_policy
    found = 0
    for second, first in view.pairs():
        if policy == "ANY" and view.has_same_outputs(first, second):
            continue
        if intersects(view.certain[first], view.certain[second]):
            box = intersection(view.certain[first], view.certain[second])
            wanted = "hit policy UNIQUE allows one" if policy == "UNIQUE" else "hit policy ANY wants equal outputs"
            sentence = f"Rules {first + 1} and {second + 1} both match when {view.shown(box)}; {wanted}."
            yield view.finding("overlap", (first, second), sentence, box)
            found += 1
            if found == MAX_FINDINGS:
                return


def _gaps(view: Grid, space: Space) -> Iterator[Finding]:
    """Nothing is missing where there are default outputs, or where an empty collection is an answer."""
    if view.table.hit_policy == "COLLECT" or any(output.default for output in view.table.outputs):
        return
    for box in space.uncovered(view.possible, view.all_inputs, MAX_FINDINGS):
        yield view.finding("gap", (), f"No rule matches when {view.shown(box)}.", box)
