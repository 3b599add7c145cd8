"""Which row of a list a row was before: told by what can only be looked at, for rows may have been added and removed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.forms.judging.nodes import ABSENT, Around, Rows, get, initial
from service.forms.judging.options import same

Row = dict[str, Any]


def paired(node: Rows, rows: Sequence[Row], known: Sequence[Any], around: Around) -> list[Row]:
    """For each row the one that it was; an empty one for a new row, and for one that was made of others."""
    before: list[Row] = [row if type(row) is dict else {} for row in known]
    if not node.locked:
        return [before[number] if number < len(before) else {} for number in range(len(rows))]
    left = list(before)
    return [_taken(node, row, left, around) for row in rows]


def _taken(node: Rows, row: Row, left: list[Row], around: Around) -> Row:
    for number, candidate in enumerate(left):
        if all(same(get(row, each.path), initial(each, get(candidate, each.path, ABSENT), around)) for each in node.locked):
            return left.pop(number)
    return {}
