"""The working calendar in expressions: functions that every FEEL expression of a process can call.

- `add working days(from, days)` and `add working hours(from, hours)`: a date and time in the calendar's zone
- `is working day(day)`: whether the date, or the date of the moment in the calendar's zone, is worked
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.calendars.calendar import MOST, Calendar, NotCountable, add_working_days, add_working_hours
from engine.facts.sentences import Sentence, verbatim
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.functions import Function, Parameter
from engine.feel.temporal.reading import from_host
from engine.feel.temporal.values import Date, DateTime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def functions_of(calendar: Calendar) -> Mapping[str, Function]:
    """By name, to be put into the scope of an expression."""

    def add_days(arguments: list[Any], evaluation: Evaluation) -> Any:
        start, days = arguments
        evaluation.spend(_steps_of(days))
        return _added(add_working_days, calendar, start, int(_number(days)))

    def add_hours(arguments: list[Any], evaluation: Evaluation) -> Any:
        start, hours = arguments
        evaluation.spend(_steps_of(hours))
        return _added(add_working_hours, calendar, start, float(_number(hours)))

    def is_working(arguments: list[Any], _evaluation: Evaluation) -> Any:
        return calendar.is_working_day(_day(arguments[0], calendar))

    functions = (
        Function("add working days", (Parameter("from"), Parameter("days")), add_days),
        Function("add working hours", (Parameter("from"), Parameter("hours")), add_hours),
        Function("is working day", (Parameter("day"),), is_working),
    )
    return {function.name: function for function in functions}


def _steps_of(amount: Any) -> int:
    """Each day is gone through: as steps of FEEL, half a one for each day or hour, weekends included."""
    return 8 + int(min(abs(_number(amount)), MOST)) // 2


def _added(add: Any, calendar: Calendar, start: Any, amount: float) -> Any:
    try:
        return from_host(add(calendar, _moment(start, calendar), amount))
    except NotCountable as fault:
        raise Refused(fault.sentence) from fault
    except (ValueError, OverflowError) as fault:
        raise Refused(verbatim(str(fault))) from fault


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not hasattr(value, "__int__"):
        raise Refused(Sentence("the amount is not a number"))
    return value


def _moment(value: Any, calendar: Calendar) -> datetime:
    """A date counts from its midnight, a local date and time as in the calendar's zone."""
    if isinstance(value, Date):
        day = _day(value, calendar)
        return datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    if not isinstance(value, DateTime):
        raise Refused(Sentence("the start is not a date and time or a date"))
    try:
        moment = _EPOCH + timedelta(seconds=value.epoch_seconds(), microseconds=value.time.nanosecond // 1000)
    except OverflowError as fault:
        raise Refused(Sentence("the year is outside of the calendar")) from fault
    return moment if value.time.zone is not None else moment.replace(tzinfo=calendar.zone)


def _day(value: Any, calendar: Calendar) -> date:
    if isinstance(value, DateTime):
        return _moment(value, calendar).astimezone(calendar.zone).date()
    if not isinstance(value, Date):
        raise Refused(Sentence("the day is not a date"))
    try:
        return date(value.year, value.month, value.day)
    except ValueError as fault:
        raise Refused(Sentence("the year is outside of the calendar")) from fault
