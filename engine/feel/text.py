"""Values as text: what `string(value)` answers."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import FeelBudgetExceeded
from engine.feel.frames import checked_length
from engine.feel.functions import Function
from engine.feel.numbers import plain
from engine.feel.ranges import Range
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.values import value_of

_MAX_DEPTH: Final = 60


def text_of(value: Any) -> str:
    """A text as it is, anything else as FEEL writes it."""
    value = value_of(value)
    return value if isinstance(value, str) else _written(value, 0)


def _written(value: Any, depth: int) -> str:
    """As it would stand inside a list: texts in quotes."""
    if depth > _MAX_DEPTH:
        raise FeelBudgetExceeded(Sentence("a value is nested too deeply to become a text"), _MAX_DEPTH)
    value = value_of(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    return _WRITERS[type(value)](value, depth + 1) if type(value) in _WRITERS else str(value)


def quoted(text: str) -> str:
    """A text as a literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _list(value: list[Any], depth: int) -> str:
    return f"[{_joined(_written(item, depth) for item in value)}]"


def _context(value: dict[str, Any], depth: int) -> str:
    return f"{{{_joined(f'{_key(key)}: {_written(item, depth)}' for key, item in value.items())}}}"


def _joined(parts: Iterable[str]) -> str:
    """With commas; refused before it has become too long: one long text may stand in a list many times."""
    length, found = 0, []
    for part in parts:
        length += len(part) + 2
        checked_length(length)
        found.append(part)
    return ", ".join(found)


def _key(key: str) -> str:
    return key if all(word.isidentifier() for word in key.split(" ")) else quoted(key)


def _range(value: Range, depth: int) -> str:
    if value.operator:
        end = value.start if value.end is None else value.end
        return f"{value.operator} {_end(end, depth)}"
    opening, closing = "[" if value.is_start_included else "(", "]" if value.is_end_included else ")"
    return f"{opening}{_end(value.start, depth)}..{_end(value.end, depth)}{closing}"


def _end(value: Any, depth: int) -> str:
    is_temporal = isinstance(value, Date | Time | DateTime | DayTimeDuration | YearMonthDuration)
    return f'@"{value}"' if is_temporal else _written(value, depth)


_WRITERS: Final[dict[type, Callable[[Any, int], str]]] = {
    Decimal: lambda value, _depth: plain(value),
    list: _list,
    dict: _context,
    Range: _range,
    Function: lambda value, _depth: str(value),
}
