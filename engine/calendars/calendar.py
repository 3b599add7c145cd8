"""Working-day arithmetic over any calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.facts.sentences import Sentence, Spoken

#: Working days or hours that may be added at once; more is refused as a mistake in the model.
MOST = 10_000

#: A stretch of working time in one day.
Shift = tuple[time, time]


class NotCountable(Spoken, ValueError):
    """What is to be added cannot be counted in working time."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days_off` are holidays, `days_on` weekend days that are worked (调休); `shifts` are in the zone's wall time."""

    name: str
    zone: ZoneInfo
    shifts: tuple[Shift, ...]
    days_off: frozenset[date] = frozenset()
    days_on: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day in self.days_on or (day.weekday() < 5 and day not in self.days_off)


def add_working_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The same wall time `days` working days later (earlier when negative); 0 moves to the next working day at most."""
    _limit(days)
    local = start.astimezone(calendar.zone)
    day, step = local.date(), timedelta(days=-1 if days < 0 else 1)
    left = abs(days)
    while left or not calendar.is_working_day(day):
        day += step
        left -= calendar.is_working_day(day) and left > 0
    return local.replace(year=day.year, month=day.month, day=day.day)


def add_working_hours(calendar: Calendar, start: datetime, hours: float) -> datetime:
    """The moment when `hours` of working time have passed since `start`; time outside the shifts does not count."""
    _limit(hours)
    if hours < 0:
        raise NotCountable(Sentence("Working hours can only be added, not taken away."))
    moment, left = start.astimezone(calendar.zone), timedelta(hours=hours)
    while True:
        for begins, ends in _shifts_of(calendar, moment.date()):
            moment = max(moment, begins)
            if moment + left <= ends:
                return moment + left
            left -= max(ends - moment, timedelta())
        moment = datetime.combine(moment.date() + timedelta(days=1), time(), calendar.zone)


def _shifts_of(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    if not calendar.is_working_day(day):
        return []
    return [
        (datetime.combine(day, begins, calendar.zone), datetime.combine(day, ends, calendar.zone))
        for begins, ends in calendar.shifts
    ]


def _limit(amount: float) -> None:
    if abs(amount) > MOST:
        raise NotCountable(
            Sentence("At most {most} working days or hours can be added at once, not {amount}.", most=MOST, amount=amount)
        )
