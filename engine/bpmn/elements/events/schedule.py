"""When a timer is due: ISO 8601 moments, durations (exact in months) and repetitions. Pure arithmetic; the clock is a parameter.

Days and months are counted on the wall clock of the zone they start in, hours and seconds exactly: `P1D` from 09:00 is 09:00
tomorrow although the clocks changed in the night, `PT24H` is not.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.bpmn.limits import MAX_REPETITIONS

_DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d{1,6})Y)?(?:(?P<months>\d{1,6})M)?(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,8})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,12}(?:\.\d{1,9})?)S)?)?"
)
#: The slashes of a repetition, not those inside the name of a zone.
_SLASH = re.compile(r"/(?=-?P[\dT]|\d{4}-)")


class NotATime(ValueError):
    """The text is no ISO 8601 moment, duration or repetition; the sentence says what was expected."""


@dataclass(frozen=True, slots=True)
class Span:
    """A duration: months and days on the wall clock, seconds exactly."""

    months: int = 0
    days: int = 0
    seconds: float = 0

    def after(self, start: datetime, times: int = 1) -> datetime:
        """The moment `times` durations after `start`; the 31st plus a month is the last day of the next."""
        try:
            wall = _plus_months(start, self.months * times) + timedelta(days=self.days * times)
            if not self.seconds:
                return wall
            exact = wall.astimezone(UTC) + timedelta(seconds=self.seconds * times)
            return exact.astimezone(wall.tzinfo)
        except (OverflowError, ValueError) as fault:
            raise NotATime("The timer leads beyond the year 9999.") from fault

    def surely_fits(self, gap: timedelta) -> int:
        """How often the duration fits into `gap` at least: counted with its longest months, so never too many."""
        longest = self.months * 31 * 86_400 + self.days * 90_000 + self.seconds
        return max(0, int(gap.total_seconds() / longest) - 1)

    def __str__(self) -> str:
        sign = "-" if min(self.months, self.days, self.seconds) < 0 else ""
        seconds = f"{abs(self.seconds):.6f}".rstrip("0").rstrip(".")
        return f"{sign}P{abs(self.months)}M{abs(self.days)}DT{seconds}S"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One due moment of a timer, with what is needed to find the next: moment number `index` of the series from `anchor`.

    `left` counts this and the coming moments, None without end; `span` is None when there is only one.
    """

    anchor: datetime
    span: Span | None = None
    index: int = 0
    left: int | None = 1

    @property
    def due_at(self) -> datetime:
        moment = self.anchor if self.span is None else self.span.after(self.anchor, self.index)
        try:
            return moment.astimezone(UTC)
        except OverflowError as fault:
            raise NotATime("The timer leads beyond the calendar: it knows the years 1 to 9999 of universal time.") from fault

    def following(self) -> Schedule | None:
        """The next moment of the series, None after the last."""
        return self.after_firing(1)

    def not_before(self, now: datetime) -> Schedule:
        """Moments that were over before the timer was set are skipped; a series wholly over is due once, at its last moment."""
        over = 0 if self.span is None else self.span.surely_fits(now - self.anchor)
        schedule = self.after_firing(over if self.left is None else min(over, self.left - 1)) or self
        while schedule.due_at < now:
            following = schedule.following()
            if following is None:
                return schedule
            schedule = following
        return schedule

    def after_firing(self, times: int) -> Schedule | None:
        """What is left after so many moments; None when it was not that many."""
        if times and (self.span is None or (self.left is not None and times >= self.left)):
            return None
        left = None if self.left is None else self.left - times
        return Schedule(self.anchor, self.span, self.index + times, left)

    def as_json(self) -> list[object]:
        if self.span is None:
            return [moment_text(self.anchor)]
        return [moment_text(self.anchor), str(self.span), self.index, self.left]

    @classmethod
    def from_json(cls, saved: list[object]) -> Schedule:
        anchor = parse_moment(str(saved[0]))
        if len(saved) == 1:
            return cls(anchor)
        _, span, index, left = saved
        return cls(anchor, parse_span(str(span)), int(str(index)), None if left is None else int(str(left)))


def parse(text: str, now: datetime) -> Schedule:
    """The schedule a timer's text means when it is set at `now`: a moment, a duration or `R[n]/…`. Raises NotATime."""
    text = text.strip()
    if text.startswith("R"):
        return _repetition(text, now)
    if text.lstrip("-").startswith("P"):
        return Schedule(parse_span(text).after(now))
    return Schedule(parse_moment(text, now))


def check(text: str) -> None:
    """Raises NotATime when the text could not be read whenever the timer is set."""
    _ = parse(text, datetime(2000, 1, 1, tzinfo=UTC)).due_at


def _repetition(text: str, now: datetime) -> Schedule:
    """`R3/PT1H` begins one duration from now, `R3/2026-01-01T09:00/PT1H` at that moment, `R/PT1H/2026-01-01` ends there."""
    head, *parts = _SLASH.split(text)
    if not re.fullmatch(r"R\d{0,9}", head) or not 1 <= len(parts) <= 2:
        raise NotATime(f"“{text}” is not a repetition; write R3/PT1H, R/P1D or R3/2026-01-01T09:00:00Z/P1D.")
    left = int(head[1:]) if len(head) > 1 else None
    if left is not None and not 1 <= left <= MAX_REPETITIONS:
        raise NotATime(
            f"A timer repeats 1 to {MAX_REPETITIONS:,} times, not {left:,} (MAX_REPETITIONS in engine/bpmn/limits.py)."
        )
    if len(parts) == 2 and not parts[0].startswith("P"):
        return Schedule(parse_moment(parts[0], now), _positive(parse_span(parts[1])), 0, left).not_before(now)
    span = _positive(parse_span(parts[0]))
    if len(parts) == 2:
        left = _count_until(parse_moment(parts[1], now), now, span, left)
    return Schedule(now, span, 1, left)


def _positive(span: Span) -> Span:
    if span.months <= 0 and span.days <= 0 and span.seconds <= 0:
        raise NotATime("A timer repeats after a duration longer than zero.")
    return span


def _count_until(end: datetime, start: datetime, span: Span, left: int | None) -> int:
    """How many moments there are from one span after `start` up to `end`: at least one, at most `left`."""
    most = MAX_REPETITIONS if left is None else left
    count = min(most, max(1, span.surely_fits(end - start)))
    while count < most and span.after(start, count + 1) <= end:
        count += 1
    return count


def parse_span(text: str) -> Span:
    """An ISO 8601 duration: P1Y2M10DT2H30M, P2W, -PT5M."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or text.strip().endswith(("P", "T")):
        raise NotATime(f"“{text}” is not a duration; write P2D, PT1H30M or P1M.")
    sign = -1 if match["sign"] else 1
    count = {name: float(value or 0) for name, value in match.groupdict().items() if name != "sign"}
    return Span(
        months=sign * int(count["years"] * 12 + count["months"]),
        days=sign * int(count["weeks"] * 7 + count["days"]),
        seconds=sign * (count["hours"] * 3600 + count["minutes"] * 60 + count["seconds"]),
    )


def parse_moment(text: str, now: datetime | None = None) -> datetime:
    """An ISO 8601 moment, `2026-01-01T09:00:00+08:00` or `…@Asia/Shanghai`; without a zone the one of `now`, else UTC."""
    moment, _, zone = text.strip().partition("@")
    try:
        value = datetime.fromisoformat(moment)
        if zone:
            return value.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, LookupError, OSError) as fault:
        raise NotATime(f"“{text}” is not a moment; write 2026-01-01T09:00:00+08:00 or 2026-01-01.") from fault
    if value.tzinfo is None:
        return value.replace(tzinfo=(now.tzinfo if now is not None else None) or UTC)
    return value


def moment_text(moment: datetime) -> str:
    """The text `parse_moment` reads back without loss."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"{moment.replace(tzinfo=None).isoformat()}@{moment.tzinfo.key}"
    return moment.isoformat()


def _plus_months(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))
