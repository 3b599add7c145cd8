"""The order that PRIORITY and OUTPUT ORDER give to matched rules: that of the output values (DMN 1.5, clause 8.2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.dmn.run import Run, Scope, Step
from engine.dmn.trace import MatchedRule
from engine.feel import compile_expression

_IS_ONE = compile_expression("value in allowed", ("value", "allowed"))


class Ranking:
    """Ranks by the first output clause, then the second, and so on; among equals the order of the rules stays."""

    def __init__(self, allowed: Sequence[tuple[str, Step]]) -> None:
        self._allowed = allowed

    def sorted(self, matched: Sequence[MatchedRule], scope: Scope, run: Run) -> list[MatchedRule]:
        lists = [(name, step(scope, run) or []) for name, step in self._allowed]

        def rank(match: MatchedRule) -> list[int]:
            return [_position(match.outputs.get(name), values) for name, values in lists]

        return sorted(matched, key=rank)


def _position(value: Any, allowed: list[Any]) -> int:
    """Where `value` stands among the values and ranges allowed; behind all of them when it is none."""
    for index, one in enumerate(allowed):
        if _IS_ONE.evaluate({"value": value, "allowed": one}) is True:
            return index
    return len(allowed)
