"""Which rule wins where several match."""

from __future__ import annotations

from engine.dmn.tables import DecisionTable, Rule
from engine.feel import FeelSyntaxError, compile_expression


def ranks(table: DecisionTable) -> list[int] | None:
    """The rules, those that win first; None where all that match count, or where it cannot be told."""
    indices = list(range(len(table.rules)))
    if table.hit_policy == "FIRST":
        return indices
    if table.hit_policy != "PRIORITY":
        return None
    places = [_place(table, rule) for rule in table.rules]
    known = [place for place in places if place is not None]
    return sorted(indices, key=known.__getitem__) if len(known) == len(places) else None


def _place(table: DecisionTable, rule: Rule) -> list[int] | None:
    """Where the rule's outputs stand among the allowed values, clause by clause; None for outputs that are not constant."""
    place = []
    for clause, output in zip(table.outputs, rule.outputs, strict=False):
        if clause.allowed is None:
            continue
        position = _position(output.text, clause.allowed.text)
        if position is None:
            return None
        place.append(position)
    return place


def _position(output: str, allowed: str) -> int | None:
    try:
        expression = compile_expression(f"index of([{allowed}], {output})[1]")
    except FeelSyntaxError:
        return None
    found = None if expression.names else expression.evaluate({})
    return None if found is None else int(found)
