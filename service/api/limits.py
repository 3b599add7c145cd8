"""How much JSON one request may bring, checked before anything looks inside."""

from __future__ import annotations

from typing import Any

from engine.facts.sentences import Sentence

LARGEST_JSON = 1_000_000
DEEPEST = 32
MOST_VALUES = 50_000
LONGEST_KEY = 200
_CONTAINERS = (dict, list)


def problem_with(value: Any) -> Sentence | None:
    """Why the value is too much, or None. Walks level by level, so that depth costs no stack."""
    level: list[Any] = [value]
    count = 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for each in level:
            count += len(each)
            values = each
            if isinstance(each, dict):
                if max(map(len, each), default=0) > LONGEST_KEY:
                    return Sentence("a name is longer than {limit} characters.", limit=LONGEST_KEY)
                values = each.values()
            below += [inner for inner in values if isinstance(inner, _CONTAINERS)]
        if count > MOST_VALUES:
            return Sentence("there are more than {limit:,} values.", limit=MOST_VALUES)
        if not below:
            return None
        level = below
    return Sentence("it is nested deeper than {limit} levels.", limit=DEEPEST)
