"""Which values the options of a choice accept, as form-js reads options: plain values, or objects with value and label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Accepts = Callable[[Any], bool]


def accepting(options: Any) -> Accepts:
    """Whether a value is one of the options; of what is no list, none is."""
    values = list(usable(options)) if isinstance(options, list) else []
    texts = frozenset(value for value in values if type(value) is str)
    others = [value for value in values if type(value) is not str]
    if not others:
        return lambda value: type(value) is str and value in texts
    return lambda value: value in texts if type(value) is str else any(same(value, each) for each in others)


def same(one: Any, other: Any) -> bool:
    """Equality of JSON: true is not 1, 1.0 is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def usable(options: list[Any]) -> Iterator[Any]:
    """The values of those options that form-js can use."""
    for option in options:
        if not isinstance(option, Mapping):
            if _is_simple(option):
                yield option
            continue
        value, label = option.get("value"), option.get("label")
        has_label = isinstance(label, str) and label != ""
        if _is_simple(value) or (has_label and isinstance(value, Mapping) and value):
            yield value


def _is_simple(value: Any) -> bool:
    return value is not None and value != "" and isinstance(value, str | int | float)
