"""The properties of temporals that a path reads: `.year`, `.weekday`, `.time offset`, … (DMN 1.5, table 65)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel.temporal.calendar import weekday
from engine.feel.temporal.durations import DAY, HOUR, MINUTE, SECOND, DayTimeDuration, YearMonthDuration
from engine.feel.temporal.values import Date, DateTime, Time


def _part(duration: DayTimeDuration, unit: int, of: int) -> Decimal:
    amount = abs(duration.nanoseconds) % of // unit
    return Decimal(-amount if duration.nanoseconds < 0 else amount)


def _quotient(number: int, divisor: int) -> int:
    return -(-number // divisor) if number < 0 else number // divisor


def _offset(seconds: int | None) -> DayTimeDuration | None:
    return None if seconds is None else DayTimeDuration(seconds * SECOND)


def _zone_name(time: Time) -> str | None:
    if isinstance(time.zone, str):
        return time.zone
    return None


_DATE: Final[Mapping[str, Callable[[Date], Any]]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(weekday(date.days)),
}
_TIME: Final[Mapping[str, Callable[[Time], Any]]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: Decimal(time.second),
    "time offset": lambda time: _offset(time.offset),
    "timezone": _zone_name,
}


def _of_date(read: Callable[[Date], Any]) -> Callable[[DateTime], Any]:
    return lambda moment: read(moment.date)


def _of_time(read: Callable[[Time], Any]) -> Callable[[DateTime], Any]:
    return lambda moment: read(moment.time)


PROPERTIES: Final[Mapping[type, Mapping[str, Callable[[Any], Any]]]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {
        **{name: _of_date(read) for name, read in _DATE.items()},
        **{name: _of_time(read) for name, read in _TIME.items()},
        "time offset": lambda moment: _offset(moment.offset),
    },
    DayTimeDuration: {
        "days": lambda duration: Decimal(_quotient(duration.nanoseconds, DAY)),
        "hours": lambda duration: _part(duration, HOUR, DAY),
        "minutes": lambda duration: _part(duration, MINUTE, HOUR),
        "seconds": lambda duration: _part(duration, SECOND, MINUTE),
    },
    YearMonthDuration: {
        "years": lambda duration: Decimal(_quotient(duration.months, 12)),
        "months": lambda duration: Decimal(duration.months - 12 * _quotient(duration.months, 12)),
    },
}
