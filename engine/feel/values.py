"""The values of FEEL - None, bool, Decimal, str, list, dict, temporals, Range, Function - and how the host's become some."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.functions import Function
from engine.feel.numbers import number_from_float, number_from_int
from engine.feel.ranges import Range
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.reading import from_host
from engine.feel.temporal.values import Date, DateTime, Time

#: The name FEEL has for the type of a value, by Python type.
KINDS: Final[Mapping[type, str]] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    int: "number",
    float: "number",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DayTimeDuration: "days and time duration",
    YearMonthDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}

#: Types whose values are used as they are; all others pass through `value_of`.
FEEL_TYPES: Final = frozenset(KINDS) - {int, float}


def kind_of(value: Any) -> str:
    """The FEEL type of a value: `number`, `date and time`, … or `null`."""
    kind = KINDS.get(type(value))
    if kind is None:
        kind = "function" if isinstance(value, Function) else KINDS[type(value_of(value))]
    return kind


#: The same as words that are said in the reader's language.
KINDS_SAID: Final[Mapping[str, Sentence]] = {
    "null": Sentence("null"),
    "boolean": Sentence("boolean"),
    "number": Sentence("number"),
    "string": Sentence("string"),
    "date": Sentence("date"),
    "time": Sentence("time"),
    "date and time": Sentence("date and time"),
    "days and time duration": Sentence("days and time duration"),
    "years and months duration": Sentence("years and months duration"),
    "list": Sentence("list"),
    "context": Sentence("context"),
    "range": Sentence("range"),
    "function": Sentence("function"),
}


def kind_said(value: Any) -> Sentence:
    """The FEEL type of a value for a sentence."""
    return KINDS_SAID[kind_of(value)]


def value_of(value: Any) -> Any:
    """A value of the host as one of FEEL; lists and contexts keep their items, which are read through here one by one.

    Objects FEEL does not know are null: nothing of them is ever looked at.
    """
    kind = type(value)
    if kind in FEEL_TYPES:
        return value
    if kind is int:
        return number_from_int(value)
    return number_from_float(value) if kind is float else _from_host(value)


def _from_host(value: Any) -> Any:
    if isinstance(value, int):
        return number_from_int(int(value))
    if isinstance(value, float):
        return number_from_float(float(value))
    if isinstance(value, Decimal):
        return Decimal(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, date | time | timedelta):
        return from_host(value)
    return _container_from_host(value)


def _container_from_host(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, list | tuple):
        return list(value)
    return value if isinstance(value, Function) else None


def items_of(values: list[Any]) -> list[Any]:
    """The items of a list as FEEL values; the list itself when nothing in it has to change."""
    for item in values:
        if type(item) not in FEEL_TYPES:
            return [value_of(item) for item in values]
    return values
