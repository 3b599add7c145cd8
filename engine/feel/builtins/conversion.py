"""Functions that make values of one type from another (§10.3.4.1)."""

import re
from decimal import Decimal
from typing import Any, Final, TypeVar

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation, checked_string
from engine.feel.numbers import number_from_text
from engine.feel.temporal.arithmetic import months_between
from engine.feel.temporal.durations import (
    SECOND,
    DayTimeDuration,
    Duration,
    YearMonthDuration,
    read_duration,
    year_month_duration,
)
from engine.feel.temporal.reading import make_date, read_date, read_date_time, read_time
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.temporal.zones import MAX_OFFSET
from engine.feel.text import text_of

_Value = TypeVar("_Value")
_NUMBER: Final = re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_MAX_DIGITS: Final = 10_000


@built_in("date(from: string)")
def date_from_text(_evaluation: Evaluation, from_: str) -> Date:
    """`"2026-01-31"`."""
    return _read("date", read_date(from_), from_)


@built_in("date(from: date|date and time)")
def date_from_moment(_evaluation: Evaluation, from_: Date | DateTime) -> Date:
    """The day of a date and time."""
    return from_.date if isinstance(from_, DateTime) else from_


@built_in("date(year: number, month: number, day: number)")
def date_from_parts(_evaluation: Evaluation, year: Decimal, month: Decimal, day: Decimal) -> Date:
    """Year, month and day."""
    if not all(abs(part) <= 10**9 for part in (year, month, day)):
        raise Refused(Sentence("date: the year, month or day is too large"))
    made = make_date(int(year), int(month), int(day))
    return _read("date", made, f"{year}-{month}-{day}")


@built_in("date and time(from: string)")
def date_and_time_from_text(_evaluation: Evaluation, from_: str) -> DateTime:
    """`"2026-01-31T12:00:00"`, with `Z`, `+08:00` or `@Asia/Shanghai` for a zone; a date alone is its midnight."""
    return _read("date and time", read_date_time(from_), from_)


@built_in("date and time(from: date|date and time)")
def date_and_time_from_moment(_evaluation: Evaluation, from_: Date | DateTime) -> DateTime:
    """Itself; a date is its midnight in UTC, as wherever a date and time is asked."""
    return DateTime.at_midnight(from_, 0) if isinstance(from_, Date) else from_


@built_in("date and time(date: date|date and time, time: time)")
def date_and_time_from_parts(_evaluation: Evaluation, date: Date | DateTime, time: Time) -> DateTime:
    """The day of the one at the time of the other."""
    return DateTime(date.date if isinstance(date, DateTime) else date, time)


@built_in("time(from: string)")
def time_from_text(_evaluation: Evaluation, from_: str) -> Time:
    """`"12:00:00"`, with a zone as for date and time."""
    return _read("time", read_time(from_), from_)


@built_in("time(from: time|date|date and time)")
def time_from_moment(_evaluation: Evaluation, from_: Time | Date | DateTime) -> Time:
    """The time of day; of a date its midnight in UTC."""
    if isinstance(from_, Date):
        return Time(0, 0, 0)
    return from_.time if isinstance(from_, DateTime) else from_


@built_in("time(hour: number, minute: number, second: number, offset: days and time duration?=)")
def time_from_parts(
    _evaluation: Evaluation, hour: Decimal, minute: Decimal, second: Decimal, offset: DayTimeDuration | None
) -> Time:
    """Hour, minute, second and offset from UTC."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        raise Refused(Sentence("time: no such time of day"))
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second)
    zone = None if offset is None else int(Decimal(offset.nanoseconds) / SECOND)
    if zone is not None and abs(zone) > MAX_OFFSET:
        raise Refused(Sentence("time: the offset is more than 18 hours"))
    return Time(seconds, int(second % 1 * SECOND), zone)


@built_in("duration(from: string)")
def duration_from_text(_evaluation: Evaluation, from_: str) -> Duration:
    """`"P1DT12H"` or `"P1Y6M"`."""
    duration: Duration | None = read_duration(from_)
    if duration is None:
        raise Refused(Sentence("duration: “{text}” is none", text=from_[:60]))
    return duration


@built_in("duration(from: days and time duration|years and months duration)")
def duration_from_duration(_evaluation: Evaluation, from_: Duration) -> Duration:
    """Itself."""
    return from_


@built_in("years and months duration(from: date|date and time, to: date|date and time)")
def years_and_months_duration(_evaluation: Evaluation, from_: Date | DateTime, to: Date | DateTime) -> YearMonthDuration:
    """The whole months between two days."""
    return _read("years and months duration", year_month_duration(months_between(from_, to)), "it")


@built_in("string(from: any)")
def string(evaluation: Evaluation, from_: Any) -> str:
    """The value as FEEL writes it."""
    evaluation.spend_on(from_)
    return checked_string(text_of(from_))


@built_in("number(from: string)")
def number(evaluation: Evaluation, from_: str) -> Decimal:
    """The number a text writes with a point."""
    return number_with_separators(evaluation, from_, None, None)


@built_in("number(from: string, grouping separator: string?, decimal separator: string?)")
def number_with_separators(_evaluation: Evaluation, from_: str, grouping: str | None, decimal: str | None) -> Decimal:
    """The number a text writes with separators: space, comma or point for groups, point or comma for decimals."""
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping and grouping == decimal):
        raise Refused(Sentence("number: the separators are not two of space, comma and point"))
    text = from_.replace(grouping, "") if grouping else from_
    text = text.replace(decimal, ".") if decimal else text
    if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
        raise Refused(Sentence("number: “{text}” is no number", text=from_[:40]))
    return _read("number", number_from_text(text), from_)


def _read(name: str, value: _Value | None, text: str) -> _Value:
    if value is None:
        raise Refused(Sentence("{name}: “{text}” is none", name=name, text=text[:60]))
    return value
