"""How much JSON one request may bring, checked before anything looks inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LARGEST_JSON = 1_000_000
DEEPEST = 32
MOST_VALUES = 50_000
LONGEST_KEY = 200


def problem_with(value: Any) -> str | None:
    """Why the value is too much, or None. Walks level by level, so that depth costs no stack."""
    level: list[Any] = [value]
    count = 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                if any(len(key) > LONGEST_KEY for key in each):
                    return f"a name is longer than {LONGEST_KEY} characters"
                below.extend(_containers(each.values()))
                count += len(each)
            else:
                below.extend(_containers(each))
                count += len(each)
        if count > MOST_VALUES:
            return f"there are more than {MOST_VALUES:,} values"
        if not below:
            return None
        level = below
    return f"it is nested deeper than {DEEPEST} levels"


def _containers(values: Iterable[Any]) -> Iterable[Any]:
    return (each for each in values if isinstance(each, dict | list))
