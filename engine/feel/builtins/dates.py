"""Functions of the calendar and the clock (§10.3.4.7-8)."""

from decimal import Decimal

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.temporal import calendar
from engine.feel.temporal.reading import from_host
from engine.feel.temporal.values import Date, DateTime


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@built_in("now()")
def now(evaluation: Evaluation) -> DateTime:
    """The moment of the evaluation, in the zone the host gave it."""
    if evaluation.now is None:
        raise Refused(Sentence("now: this evaluation was given no clock"))
    moment = from_host(evaluation.now() if callable(evaluation.now) else evaluation.now)
    if not isinstance(moment, DateTime):
        raise Refused(Sentence("now: the clock of this evaluation is no date and time"))
    return moment


@built_in("today()")
def today(evaluation: Evaluation) -> Date:
    """The day of the evaluation."""
    return now(evaluation).date


@built_in("day of year(date: date|date and time)")
def day_of_year(_evaluation: Evaluation, date: Date | DateTime) -> Decimal:
    """1 to 366."""
    day = _day(date)
    return Decimal(calendar.day_of_year(day.year, day.month, day.day))


@built_in("day of week(date: date|date and time)")
def day_of_week(_evaluation: Evaluation, date: Date | DateTime) -> str:
    """Monday to Sunday."""
    return calendar.WEEKDAYS[calendar.weekday(_day(date).days) - 1]


@built_in("month of year(date: date|date and time)")
def month_of_year(_evaluation: Evaluation, date: Date | DateTime) -> str:
    """January to December."""
    return calendar.MONTHS[_day(date).month - 1]


@built_in("week of year(date: date|date and time)")
def week_of_year(_evaluation: Evaluation, date: Date | DateTime) -> Decimal:
    """The week of ISO 8601: 1 to 53."""
    day = _day(date)
    return Decimal(calendar.week_of_year(day.year, day.month, day.day))
