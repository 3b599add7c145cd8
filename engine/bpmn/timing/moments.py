"""Moments and durations as the texts of timers have them, and how far a duration leads. Pure arithmetic.

Days and months are counted on the wall clock of the zone they start in, hours and seconds exactly: `P1D` from 09:00 is 09:00
tomorrow although the clocks changed in the night, `PT24H` is not.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.facts.sentences import Sentence, Spoken
from engine.feel.temporal.duration_text import read_parts


class NotATime(Spoken, ValueError):
    """The text is no moment, duration or repetition; the sentence says what was expected."""


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: months and days on the wall clock, the time exactly."""

    months: int = 0
    days: int = 0
    time: timedelta = timedelta()

    def after(self, start: datetime, times: int = 1) -> datetime:
        """The moment `times` durations after `start`; the 31st plus a month is the last day of the next."""
        try:
            wall = _plus_months(start, self.months * times) + timedelta(days=self.days * times)
            if not self.time:
                return wall
            return (wall.astimezone(UTC) + self.time * times).astimezone(wall.tzinfo)
        except (OverflowError, ValueError) as fault:
            raise NotATime(Sentence("The timer leads beyond the year 9999.")) from fault

    def surely_fits(self, gap: timedelta) -> int:
        """How often the duration fits into `gap` at least: counted with its longest months, so never too many."""
        longest = self.months * 31 * 86_400 + self.days * 90_000 + self.time.total_seconds()
        return max(0, int(gap.total_seconds() / longest) - 1)

    @property
    def is_positive(self) -> bool:
        return self.months > 0 or self.days > 0 or self.time > timedelta()

    def __str__(self) -> str:
        is_negative = self.months < 0 or self.days < 0 or self.time < timedelta()
        seconds = f"{abs(self.time) // timedelta(seconds=1)}.{abs(self.time).microseconds:06}".rstrip("0").rstrip(".")
        return f"{'-' if is_negative else ''}P{abs(self.months)}M{abs(self.days)}DT{seconds}S"


def parse_span(text: str) -> Span:
    """An ISO 8601 duration: P1Y2M10DT2H30M, P2W, -PT5M. Raises NotATime."""
    parts = read_parts(text.strip())
    if parts is None:
        raise NotATime(Sentence("“{text}” is not a duration; write P2D, PT1H30M or P1M.", text=text))
    try:
        time = timedelta(seconds=parts.all_seconds, microseconds=parts.nanoseconds // 1000)
    except OverflowError as fault:
        raise NotATime(Sentence("The timer leads beyond the year 9999.")) from fault
    return Span(parts.all_months, parts.all_days, time)


def parse_moment(text: str, now: datetime | None = None) -> datetime:
    """An ISO 8601 moment, `2026-01-01T09:00:00+08:00` or `…@Asia/Shanghai`; without a zone the one of `now`, else UTC."""
    moment, _, zone = text.strip().partition("@")
    try:
        value = datetime.fromisoformat(moment)
        if zone:
            return value.replace(tzinfo=ZoneInfo(zone)) if value.tzinfo is None else value.astimezone(ZoneInfo(zone))
    except (ValueError, LookupError, OSError) as fault:
        raise NotATime(Sentence("“{text}” is not a moment; write 2026-01-01T09:00:00+08:00 or 2026-01-01.", text=text)) from fault
    if value.tzinfo is None:
        return value.replace(tzinfo=(now.tzinfo if now is not None else None) or UTC)
    return value


def moment_text(moment: datetime) -> str:
    """The text `parse_moment` reads back without loss; in an hour that comes twice, the second is told by its offset."""
    if isinstance(moment.tzinfo, ZoneInfo):
        local = moment if moment.fold else moment.replace(tzinfo=None)
        return f"{local.isoformat()}@{moment.tzinfo.key}"
    return moment.isoformat()


def _plus_months(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))
