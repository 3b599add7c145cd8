"""Static analysis of decision tables: gaps, overlaps, rules that never match, rules in the shadow of others.

Every finding comes with inputs that show it. Cells that read other variables or call functions of the value are not
understood: rules with such cells are taken as matching where that keeps a finding from being false.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.analysis.findings import Finding, Kind
from engine.dmn.analysis.grid import Grid, grid
from engine.dmn.analysis.ranks import ranks
from engine.dmn.analysis.space import Budget, Cover, TooLarge, intersection, positions
from engine.dmn.model import Model
from engine.dmn.parts import parts
from engine.dmn.tables import DecisionTable
from engine.facts.sentences import Sentence

MAX_FINDINGS = 20

__all__ = ["Finding", "Kind", "analyse", "analyse_model"]


def analyse(table: DecisionTable, model: Model | None = None) -> tuple[Finding, ...]:
    """What is doubtful about a table, at most 20 gaps and overlaps. `model` tells the allowed values of its types."""
    budget = Budget()
    try:
        return tuple(_findings(grid(table, model, budget), budget))
    except TooLarge:
        return (Finding("not-analysed", (), {}, Sentence("The table is too large to be analysed."), table.place),)


def analyse_model(model: Model) -> tuple[Finding, ...]:
    """The findings about every table of a model, in the order of the file."""
    tables = [part for part in parts(model.definitions) if isinstance(part, DecisionTable)]
    found = [finding for table in tables for finding in analyse(table, model)]
    return tuple(sorted(found, key=lambda finding: finding.place.line))


def _findings(view: Grid, budget: Budget) -> Iterator[Finding]:
    certain = Cover(view.certain, view.sizes, budget)
    possible = Cover(view.possible, view.sizes, budget)
    yield from _never_matching(view)
    yield from _shadowed(view, certain)
    yield from _overlaps(view, certain)
    yield from _gaps(view, possible)


def _never_matching(view: Grid) -> Iterator[Finding]:
    for index, box in enumerate(view.possible):
        column = next((column for column, samples in enumerate(box) if not samples), None)
        if column is not None:
            clause = view.table.inputs[column].expression.text
            sentence = Sentence(
                "Rule {index} never matches: no allowed value of {clause} passes {cell}.",
                index=index + 1,
                clause=clause,
                cell=view.text(index, column),
            )
            yield view.finding("never-matching", (index,), sentence)


def _shadowed(view: Grid, certain: Cover) -> Iterator[Finding]:
    """Where one rule wins, a rule is of no use when those before it take all its inputs."""
    before = 0
    for index in ranks(view.table) or ():
        box = view.possible[index]
        earlier = before & certain.intersecting(box)
        before |= 1 << index
        if all(box) and earlier and not certain.uncovered(earlier, box, 1):
            others = positions(earlier)
            named = ", ".join(str(each + 1) for each in others)
            sentence = Sentence(
                "Rule {index} is never used: rule {others} comes before it, for example when {example}.",
                index=index + 1,
                others=named,
                example=view.shown(box),
            )
            yield view.finding("shadowed", (index, *others), sentence, box)


def _overlaps(view: Grid, certain: Cover) -> Iterator[Finding]:
    policy = view.table.hit_policy
    if policy not in ("UNIQUE", "ANY"):
        return
    wanted = Sentence("hit policy UNIQUE allows one") if policy == "UNIQUE" else Sentence("hit policy ANY wants equal outputs")
    found = 0
    for second, box in enumerate(view.certain):
        for first in positions(certain.intersecting(box) & ((1 << second) - 1)):
            if policy == "ANY" and view.has_same_outputs(first, second):
                continue
            common = intersection(view.certain[first], box)
            sentence = Sentence(
                "Rules {first} and {second} both match when {example}; {wanted}.",
                first=first + 1,
                second=second + 1,
                example=view.shown(common),
                wanted=wanted,
            )
            yield view.finding("overlap", (first, second), sentence, common)
            found += 1
            if found == MAX_FINDINGS:
                return


def _gaps(view: Grid, possible: Cover) -> Iterator[Finding]:
    """Nothing is missing where there are default outputs, or where an empty collection is an answer."""
    if view.table.hit_policy == "COLLECT" or any(output.default for output in view.table.outputs):
        return
    every_rule = (1 << len(view.table.rules)) - 1
    for box in possible.uncovered(every_rule, view.all_inputs, MAX_FINDINGS):
        yield view.finding("gap", (), Sentence("No rule matches when {example}.", example=view.shown(box)), box)
