"""Random cron texts against the plainest reading there is: every day, hour, minute and second looked at in turn."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, product, takewhile
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn.timing.cron import parse_cron
from engine.bpmn.timing.cron_fields import QUARTZ
from engine.bpmn.timing.moments import NotATime

#: A text that names no day in as many days is not asked further.
DAYS = 4 * 366
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")


@dataclass(frozen=True)
class Meant:
    """A text, and which days and times it means."""

    text: str
    is_day: Callable[[date], bool]
    hours: frozenset[int]
    minutes: frozenset[int]
    seconds: frozenset[int]

    @property
    def is_hourly(self) -> bool:
        return len(self.hours) == 24

    def is_time(self, moment: datetime) -> bool:
        return moment.hour in self.hours and moment.minute in self.minutes and moment.second in self.seconds

    def on_the_wall(self, first: date) -> Iterator[datetime]:
        """All moments of a wall clock, from the first day on."""
        days = (first + timedelta(days=number) for number in range(DAYS))
        numbers = (sorted(self.hours), sorted(self.minutes), sorted(self.seconds))
        return (datetime.combine(day, time(*each)) for day in days if self.is_day(day) for each in product(*numbers))


def numbers(
    least: int, most: int, names: tuple[str, ...] = (), first: int | None = None
) -> st.SearchStrategy[tuple[str, set[int]]]:
    """A field: its text and its numbers. `first` is how the least number is written; a name may stand for a number."""
    first = least if first is None else first

    def written(number: int) -> st.SearchStrategy[str]:
        digits = st.just(str(number - least + first))
        return digits | st.just(names[number - least]) if names else digits

    def item(start: int, length: int, step: int, form: str) -> st.SearchStrategy[tuple[str, set[int]]]:
        count = most - least + 1
        end = least + (start - least + length) % count
        in_range = [least + (start - least + more) % count for more in range(length + 1)]
        match form:
            case "number":
                return st.tuples(written(start), st.just({start}))
            case "range":
                return st.tuples(st.tuples(written(start), written(end)).map("-".join), st.just(set(in_range)))
            case "range with step":
                text = st.tuples(written(start), written(end)).map(lambda ends: f"{ends[0]}-{ends[1]}/{step}")
                return st.tuples(text, st.just(set(in_range[::step])))
            case "from with step":
                return st.tuples(written(start).map(lambda text: f"{text}/{step}"), st.just(set(range(start, most + 1, step))))
        return st.just((f"*/{step}", set(range(least, most + 1, step))))

    forms = st.sampled_from(["number", "number", "range", "range with step", "from with step", "all with step"])
    items = st.tuples(st.integers(least, most), st.integers(0, most - least), st.integers(1, most), forms).flatmap(
        lambda drawn: item(*drawn)
    )
    lists = st.lists(items, min_size=1, max_size=3).map(
        lambda found: (",".join(text for text, _ in found), set[int]().union(*(values for _, values in found)))
    )
    return st.just(("*", set(range(least, most + 1)))) | lists


def last(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def is_working_day_near(day: date, number: int) -> bool:
    """Whether no working day of the month is nearer to that day of the month."""
    if number > last(day):
        return False
    working = [each for each in range(1, last(day) + 1) if day.replace(day=each).weekday() < 5]
    return day.day == min(working, key=lambda each: (abs(each - number), each))


DayRule = Callable[[date], bool]
DAYS_OF_MONTH: st.SearchStrategy[tuple[str, str, DayRule]] = st.one_of(
    numbers(1, 31).map(lambda field: (field[0], "?", lambda day: day.day in field[1])),
    st.just(("L", "?", lambda day: day.day == last(day))),
    st.just(("LW", "?", lambda day: is_working_day_near(day, last(day)))),
    st.integers(0, 30).map(lambda n: (f"L-{n}", "*", lambda day: day.day == last(day) - n)),
    st.integers(1, 31).map(lambda n: (f"{n}W", "?", lambda day: is_working_day_near(day, n))),
)
DAYS_OF_WEEK: st.SearchStrategy[tuple[str, str, DayRule]] = st.one_of(
    numbers(0, 6, WEEKDAYS, first=1).map(lambda field: ("?", field[0], lambda day: day.isoweekday() % 7 in field[1])),
    st.integers(0, 6).map(lambda n: ("*", f"{n + 1}L", lambda day: day.isoweekday() % 7 == n and day.day + 7 > last(day))),
    st.tuples(st.integers(0, 6), st.integers(1, 5)).map(
        lambda n: ("?", f"{WEEKDAYS[n[0]]}#{n[1]}", lambda day: day.isoweekday() % 7 == n[0] and (day.day + 6) // 7 == n[1])
    ),
)


@st.composite
def texts(draw: st.DrawFn, seconds: st.SearchStrategy[tuple[str, set[int]]]) -> Meant:
    """In the form of Quartz."""
    second, minute, hour, month = (draw(each) for each in (seconds, numbers(0, 59), numbers(0, 23), numbers(1, 12, MONTHS)))
    day, weekday, is_day = draw(DAYS_OF_MONTH | DAYS_OF_WEEK)
    return Meant(
        f"{second[0]} {minute[0]} {hour[0]} {day} {month[0]} {weekday}",
        lambda each: each.month in month[1] and is_day(each),
        frozenset(hour[1]),
        frozenset(minute[1]),
        frozenset(second[1]),
    )


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@given(texts(numbers(0, 59)), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_the_moments_are_those_of_looking_at_every_second(meant: Meant, since: datetime) -> None:
    wanted = list(islice((wall for wall in meant.on_the_wall(since.date()) if wall > since), 5))
    try:
        series = parse_cron(meant.text, QUARTZ)
    except NotATime:
        assert not wanted
        return
    moment = since.replace(tzinfo=UTC)
    found: list[datetime] = []
    for _ in wanted:
        coming = series.after(moment)
        assert coming is not None
        moment = coming
        found.append(moment.replace(tzinfo=None))
    assert found == wanted


def changes_of_the_clocks(zone: ZoneInfo) -> Iterator[datetime]:
    """Noon of the days before the zone changes its clocks."""
    noons = (datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(7 * 365))
    return (noon for noon, next in pairwise(noons) if noon.astimezone(zone).utcoffset() != next.astimezone(zone).utcoffset())


CHANGES = [(zone, moment) for zone in map(ZoneInfo, ZONES) for moment in changes_of_the_clocks(zone)]


@given(st.sampled_from(CHANGES), texts(st.just(("0", {0}))))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_or_doubled_where_the_clocks_change(change: tuple[ZoneInfo, datetime], meant: Meant) -> None:
    zone, since = change
    until = since + timedelta(days=1)
    if meant.is_hourly:
        every = (since + timedelta(minutes=number) for number in range(1, 24 * 60 + 1))
        wanted = {each for each in every if meant.is_time(local := each.astimezone(zone)) and meant.is_day(local.date())}
    else:
        first = since.astimezone(zone).date() - timedelta(days=1)
        walls = takewhile(lambda wall: wall.date() <= first + timedelta(days=4), meant.on_the_wall(first))
        wanted = {each for wall in walls if since < (each := wall.replace(tzinfo=zone).astimezone(UTC)) <= until}
    try:
        series = parse_cron(meant.text, QUARTZ)
    except NotATime:
        assert not wanted
        return
    found: list[datetime] = []
    coming = series.after(since.astimezone(zone))
    while coming is not None and coming <= until and len(found) < 300:
        found.append(coming.astimezone(UTC))
        coming = series.after(coming)
    assert found == sorted(wanted)[:300]
