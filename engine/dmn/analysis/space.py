"""Sets of inputs as boxes: for each column a bit set of its samples. All questions about rules are questions about boxes."""

from __future__ import annotations

from collections.abc import Sequence

#: One bit set for each column.
Box = tuple[int, ...]
#: A set of rules, as a bit set of their positions.
Rules = int

MAX_STEPS = 2_000_000


class TooLarge(Exception):
    """The table has more combinations than are looked at."""


class Budget:
    """What the analysis of one table may cost."""

    def __init__(self) -> None:
        self._steps = MAX_STEPS

    def spend(self, steps: int) -> None:
        """Counts work. Raises TooLarge when nothing is left."""
        self._steps -= steps
        if self._steps < 0:
            raise TooLarge


class Cover:
    """The boxes of all rules, turned round: for each sample of each column the rules that take it. Methods raise TooLarge."""

    def __init__(self, boxes: Sequence[Box], sizes: Sequence[int], budget: Budget) -> None:
        self._budget = budget
        self._rules = [[0] * size for size in sizes]
        for rule, box in enumerate(boxes):
            for column, samples in enumerate(box):
                for index in positions(samples):
                    self._rules[column][index] |= 1 << rule
                budget.spend(samples.bit_count())

    def intersecting(self, box: Box) -> Rules:
        """The rules that share inputs with a box."""
        found = -1
        for column, samples in enumerate(box):
            taking = 0
            for index in positions(samples):
                taking |= self._rules[column][index]
            self._budget.spend(samples.bit_count())
            found &= taking
        return found

    def uncovered(self, rules: Rules, within: Box, limit: int) -> list[Box]:
        """At most `limit` boxes of what is `within` and taken by none of `rules`."""
        return self._walk(0, rules, within, limit, {})

    def _walk(self, column: int, active: Rules, within: Box, limit: int, known: dict[tuple[int, Rules], list[Box]]) -> list[Box]:
        """What is left from `column` on where only the rules `active` are in play."""
        if not active:
            return [within[column:]]
        if column == len(within):
            return []
        if (column, active) not in known:
            found: list[Box] = []
            for still_active, samples in self._parts(column, active, within).items():
                rest = self._walk(column + 1, still_active, within, limit - len(found), known)
                found += [(samples, *box) for box in rest]
                if len(found) >= limit:
                    return found[:limit]
            known[column, active] = found
        return known[column, active]

    def _parts(self, column: int, active: Rules, within: Box) -> dict[Rules, int]:
        """The samples of a column, put together by the rules that take them: rules → samples."""
        parts: dict[Rules, int] = {}
        self._budget.spend(within[column].bit_count())
        for index in positions(within[column]):
            taking = active & self._rules[column][index]
            parts[taking] = parts.get(taking, 0) | 1 << index
        return parts


def intersection(left: Box, right: Box) -> Box:
    return tuple(mine & its for mine, its in zip(left, right, strict=True))


def positions(bits: int) -> list[int]:
    """The positions of the bits that are set, lowest first."""
    return [position for position, bit in enumerate(reversed(bin(bits)[2:])) if bit == "1"]
