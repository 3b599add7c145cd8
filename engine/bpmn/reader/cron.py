"""Cron texts of Camunda 7 and Flowable (Quartz: seconds first) that are repetitions of ISO 8601: Mondays at nine.

Only what repeats after one span is: `0 0 9 ? * MON-FRI` is not, and is refused with the reason where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LETTERS = frozenset("0123456789*/,-?LW#ABCDEFGHIJKMNOPRSTUVY")
_ANY = ("*", "?")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
#: Seconds, minutes and hours: the span of one, and how many there are.
_TIMES = (("S", 60), ("M", 60), ("H", 24))
_MAX_DAY = 28


def is_cron(text: str) -> bool:
    """Whether the text has the form of one: five to seven fields of its letters."""
    fields = text.split()
    return len(fields) in (5, 6, 7) and all(set(field.upper()) <= _LETTERS for field in fields)


def repetition_of(text: str) -> str | None:
    """`R/2000-01-03T09:00:00/P1W` for `0 0 9 ? * MON`. None when no single span says it."""
    fields = text.upper().split()
    if len(fields) == 5:  # the older form, without seconds; its week begins with 0 for Sunday, Quartz's with 1
        fields = ["0", *fields[:4], _week_from_zero(fields[4])]
    if len(fields) == 7 and fields.pop() not in _ANY:
        return None
    *times, day, month, weekday = ("*" if field in ("*/1", "1/1") else field for field in fields)
    if day in _ANY and month in _ANY and weekday in _ANY:
        return _within_a_day(times)
    clock = _clock(times)
    return None if clock is None else _on_days(clock, day, month, weekday)


def _week_from_zero(field: str) -> str:
    return str(int(field) % 7 + 1) if field.isdecimal() else field


def _number(field: str, below: int) -> int | None:
    return int(field) if field.isdecimal() and int(field) < below else None


def _clock(times: Sequence[str]) -> str | None:
    """The one time of a day that second, minute and hour name."""
    numbers = [_number(field, count) for field, (_, count) in zip(times, _TIMES, strict=True)]
    if None in numbers:
        return None
    second, minute, hour = numbers
    return f"{hour:02}:{minute:02}:{second:02}"


def _within_a_day(times: Sequence[str]) -> str | None:
    """Every so many seconds, minutes or hours, or once a day: numbers, then one field that repeats, then any."""
    start = [0, 0, 0]
    for index, field in enumerate(times):
        unit, count = _TIMES[index]
        number = _number(field, count)
        if number is not None:
            start[index] = number
            continue
        step = re.fullmatch(r"(\*|\d+)/(\d+)|\*", field)
        if step is None or any(other not in _ANY for other in times[index + 1 :]):
            return None
        first, every = _first(step[1]), int(step[2] or 1)
        if not every or first >= every or count % every:
            return None
        start[index] = first
        return f"R/2000-01-01T{start[2]:02}:{start[1]:02}:{start[0]:02}/PT{every}{unit}"
    return f"R/2000-01-01T{start[2]:02}:{start[1]:02}:{start[0]:02}/P1D"


def _first(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _on_days(clock: str, day: str, month: str, weekday: str) -> str | None:
    if day in _ANY and month in _ANY:
        number = _named(weekday, _DAYS, 1)
        return None if number is None else f"R/2000-01-{1 + number:02}T{clock}/P1W"  # 2 January 2000 was a Sunday
    date = _number(day, _MAX_DAY + 1)
    if not date or weekday not in _ANY:
        return None
    if month in _ANY:
        return f"R/2000-01-{date:02}T{clock}/P1M"
    number = _named(month, _MONTHS, 1)
    return None if number is None else f"R/2000-{number:02}-{date:02}T{clock}/P1Y"


def _named(field: str, names: Sequence[str], first: int) -> int | None:
    """The number of a day or month, written as a number or by its name."""
    if field in names:
        return names.index(field) + first
    number = _number(field, len(names) + first)
    return number if number is not None and number >= first else None
