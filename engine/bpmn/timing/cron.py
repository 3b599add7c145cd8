"""The moments of a cron text. The calendar is walked by cronsim; what it does not know of Quartz and Spring is added here.

A text that names hours is due once at each of them on the wall clock: an hour that the clocks leave out is due as much later as
they are put forward, one that comes twice is due the first time. A text for every hour goes on in the hour that comes twice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from cronsim import CronSim, CronSimError

from engine.bpmn.timing.cron_fields import ALONE, read_fields
from engine.bpmn.timing.moments import NotATime
from engine.facts.sentences import Sentence

_SATURDAY, _SUNDAY = 5, 6
#: From here the 50 years begin in which a text has to name a moment.
_START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cron:
    """`text` is the one way to write it: `parse_cron(text, SPRING)` reads it back. `years` is None for every year."""

    text: str
    fields: str = field(compare=False)
    is_day: Callable[[date], bool] | None = field(compare=False)
    years: frozenset[int] | None = field(compare=False)

    def after(self, since: datetime) -> datetime | None:
        """The first moment after `since`, in the zone of `since`; None when there is none in the next 50 years."""
        while (moment := self._in_any_year(since)) is not None:
            if self.years is None or moment.year in self.years:
                return moment
            later = [year for year in self.years if year > moment.year]
            if not later:
                return None
            since = datetime(min(later), 1, 1, tzinfo=since.tzinfo) - timedelta(seconds=1)
        return None

    def _in_any_year(self, since: datetime) -> datetime | None:
        """Walks on the wall clock, from before a change of the clocks near by, to the first wall time after it that is plain."""
        earliest: datetime | None = None
        for wall in self._walk(since.replace(tzinfo=None, fold=0) - _change_near(since)):
            first, second = sorted(wall.replace(tzinfo=since.tzinfo, fold=fold).astimezone(UTC) for fold in (0, 1))
            is_there = first.astimezone(since.tzinfo).replace(tzinfo=None) == wall
            for moment in self._meant(first, second, is_there=is_there):
                if moment > since and (earliest is None or moment < earliest):
                    earliest = moment
            if since < first == second:
                break
        return None if earliest is None else earliest.astimezone(since.tzinfo)

    def _meant(self, first: datetime, second: datetime, *, is_there: bool) -> tuple[datetime, ...]:
        """Of the two moments that one time on the wall is at a change of the clocks; both are the same on all other days."""
        if self.fields.split()[2] == "*":
            return (first, second) if is_there else ()
        return (first,) if is_there else (second,)

    def _walk(self, since: datetime) -> Iterator[datetime]:
        return CronSim(self.fields, since) if self.is_day is None else _OnDays(self.fields, since, self.is_day)


class _OnDays(CronSim):
    """Days of the month by a rule of our own."""

    def __init__(self, fields: str, since: datetime, is_day: Callable[[date], bool]) -> None:
        super().__init__(fields, since)
        self._is_day = is_day

    def match_dom(self, d: date) -> bool:
        return self._is_day(d)


@lru_cache(maxsize=256)
def parse_cron(text: str, sunday: int) -> Cron:
    """Raises NotATime. `sunday` is its number where the text was written: QUARTZ or SPRING."""
    second, minute, hour, day, month, weekday, year = read_fields(text, sunday)
    is_day = _rule(day) if ALONE.fullmatch(day) else None
    years = None if year == "*" else frozenset(map(int, year.split(",")))
    fields = f"{second} {minute} {hour} {'*' if is_day else day} {month} {weekday}"
    found = Cron(f"{second} {minute} {hour} {day} {month} {weekday} {year}", fields, is_day, years)
    try:
        first = found.after(_START)
    except CronSimError:
        first = None
    if first is None and years is None:
        raise NotATime(Sentence("The cron text “{text}” names no moment: there is no such day.", text=text))
    return found


def _rule(day: str) -> Callable[[date], bool]:
    number = int(day.strip("LW-"))
    if day.startswith("L"):
        return lambda each: each.day == _last(each) - number
    return lambda each: number <= _last(each) and each.day == _working_day(each.replace(day=number))


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _working_day(day: date) -> int:
    """The day from Monday to Friday that is nearest in the same month."""
    if day.weekday() == _SATURDAY:
        return day.day - 1 if day.day > 1 else 3
    if day.weekday() == _SUNDAY:
        return day.day + 1 if day.day < _last(day) else day.day - 2
    return day.day


def _change_near(moment: datetime) -> timedelta:
    """How much the clocks are changed between the day before and the day after."""
    days = (moment.astimezone(UTC) + timedelta(days=number) for number in (-1, 0, 1))
    offsets = [day.astimezone(moment.tzinfo).utcoffset() or timedelta() for day in days]
    return max(offsets) - min(offsets)
