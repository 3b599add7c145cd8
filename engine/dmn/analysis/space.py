"""Sets of inputs as boxes: for each column a bit set of its samples. All questions about rules are questions about boxes."""

from __future__ import annotations

from collections.abc import Sequence

#: One bit set for each column.
Box = tuple[int, ...]

MAX_STEPS = 200_000


class TooLarge(Exception):
    """The table has more combinations than are looked at."""


class Space:
    """Answers questions about the boxes of one table, within a budget of steps for all of them together."""

    def __init__(self) -> None:
        self._steps = MAX_STEPS

    def uncovered(self, boxes: Sequence[Box], within: Box, limit: int) -> list[Box]:
        """At most `limit` boxes of what is `within` and in none of `boxes`. Raises TooLarge."""
        relevant = [box for box in boxes if intersects(box, within)]
        return self._walk(0, tuple(range(len(relevant))), relevant, within, limit, {})

    def _walk(
        self,
        column: int,
        active: tuple[int, ...],
        boxes: Sequence[Box],
        within: Box,
        limit: int,
        known: dict[tuple[int, tuple[int, ...]], list[Box]],
    ) -> list[Box]:
        """What is left from `column` on where only the boxes `active` are in play."""
        if not active:
            return [within[column:]]
        if column == len(within):
            return []
        if (column, active) not in known:
            found: list[Box] = []
            for still_active, samples in self._parts(column, active, boxes, within).items():
                rest = self._walk(column + 1, still_active, boxes, within, limit - len(found), known)
                found += [(samples, *box) for box in rest]
                if len(found) >= limit:
                    return found[:limit]
            known[column, active] = found
        return known[column, active]

    def _parts(self, column: int, active: tuple[int, ...], boxes: Sequence[Box], within: Box) -> dict[tuple[int, ...], int]:
        """The samples of a column, put together by the boxes they are in: boxes → samples."""
        parts: dict[tuple[int, ...], int] = {}
        for bit in bits(within[column]):
            self._spend(len(active))
            inside = tuple(index for index in active if boxes[index][column] & bit)
            parts[inside] = parts.get(inside, 0) | bit
        return parts

    def _spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise TooLarge


def intersection(left: Box, right: Box) -> Box:
    return tuple(mine & its for mine, its in zip(left, right, strict=True))


def intersects(left: Box, right: Box) -> bool:
    return all(intersection(left, right))


def bits(samples: int) -> list[int]:
    """The single bits of a bit set, lowest first."""
    found = []
    while samples:
        lowest = samples & -samples
        found.append(lowest)
        samples ^= lowest
    return found
