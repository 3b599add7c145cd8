"""FEEL values to JSON and back."""

from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.errors import FeelBudgetExceeded
from engine.feel.numbers import is_whole
from engine.feel.text import text_of
from engine.feel.values import value_of

_MAX_DEPTH = 60
_MAX_ITEMS = 1_000_000


def to_json(value: Any) -> Any:
    """Numbers become int where they are whole, else float; temporals, ranges and functions their text."""
    return _Writer().written(value, 0)


class _Writer:
    """Counts what it writes, 16 characters of a text as one: a small value can hold the same list or text a million times."""

    def __init__(self) -> None:
        self._left = _MAX_ITEMS

    def written(self, value: Any, depth: int) -> Any:
        """The JSON of a value so deep inside the first one."""
        self._left -= 1
        if depth > _MAX_DEPTH or self._left < 0:
            raise _too_large()
        value = value_of(value)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            self._left -= len(value) >> 4
            if self._left < 0:
                raise _too_large()
            return value
        if isinstance(value, Decimal):
            return _number(value)
        if isinstance(value, list):
            return [self.written(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {str(key): self.written(item, depth + 1) for key, item in value.items()}
        return text_of(value)


def _too_large() -> FeelBudgetExceeded:
    return FeelBudgetExceeded(Sentence("a value is too deep or too large to become JSON"), _MAX_ITEMS)


def _number(number: Decimal) -> int | float | str:
    """Numbers beyond what JSON readers hold become their text."""
    if abs(number.adjusted()) > 300:
        return str(number)
    return int(number) if is_whole(number) else float(number)


def from_json(value: Any) -> Any:
    """Numbers become decimals that print the same (0.1 stays 0.1); everything inside lists and objects too."""
    return _from_json(value, 0)


def _from_json(value: Any, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise FeelBudgetExceeded(Sentence("a value is nested too deeply"), _MAX_DEPTH)
    value = value_of(value)
    if isinstance(value, list):
        return [_from_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): _from_json(item, depth + 1) for key, item in value.items()}
    return value
