"""When a timer is due: a moment, a duration, a repetition of ISO 8601 or a cron text. The clock is a parameter, `now`, and its
zone is the one of texts that name none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from engine.bpmn.limits import MAX_REPETITIONS
from engine.bpmn.timing.cron import Cron, parse_cron
from engine.bpmn.timing.cron_fields import QUARTZ, SPRING, is_cron
from engine.bpmn.timing.moments import NotATime, Span, moment_text, parse_moment, parse_span
from engine.facts.sentences import Sentence

#: The slashes of a repetition, not those inside the name of a zone.
_SLASH = re.compile(r"/(?=-?P[\dT]|\d{4}-)")


class Schedule(Protocol):
    """One due moment of a timer, with what is needed to find the next."""

    @property
    def due_at(self) -> datetime:
        """In UTC. Raises NotATime where the calendar ends."""

    def following(self) -> Schedule | None:
        """The next moment of the series, None after the last."""

    def after(self, fired: int, now: datetime) -> tuple[Schedule | None, int]:
        """The first moment to come of a series of which this is the first and `fired` have been; those missed by `now` count as
        one. With it, how many moments are over."""

    def as_json(self) -> list[object]:
        """What `from_json` reads back without loss."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Moment number `index` of the series from `anchor`. `left` counts this and the coming moments, None without end; `span` is
    None when there is only one."""

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
            raise NotATime(
                Sentence("The timer leads beyond the calendar: it knows the years 1 to 9999 of universal time.")
            ) from fault

    def following(self) -> Repetition | None:
        return self.after_firing(1)

    def not_before(self, now: datetime) -> Repetition:
        """Moments that were over before the timer was set are skipped; a series wholly over is due once, at its last moment."""
        over = 0 if self.span is None else self.span.surely_fits(now - self.anchor)
        schedule = self.after_firing(over if self.left is None else min(over, self.left - 1)) or self
        while schedule.due_at < now:
            following = schedule.following()
            if following is None:
                return schedule
            schedule = following
        return schedule

    def after_firing(self, times: int) -> Repetition | None:
        """What is left after so many moments; None when it was not that many."""
        if times and (self.span is None or (self.left is not None and times >= self.left)):
            return None
        left = None if self.left is None else self.left - times
        return Repetition(self.anchor, self.span, self.index + times, left)

    def after(self, fired: int, now: datetime) -> tuple[Repetition | None, int]:
        """Moments long missed are counted at once, not one by one."""
        missed = 0 if self.span is None else self.span.surely_fits(now - self.anchor) - self.index
        fired = max(fired + 1, missed if self.left is None else min(missed, self.left))
        while (coming := self.after_firing(fired)) is not None and coming.due_at <= now:
            fired += 1
        return coming, fired

    def as_json(self) -> list[object]:
        if self.span is None:
            return [moment_text(self.anchor)]
        return [moment_text(self.anchor), str(self.span), self.index, self.left]


@dataclass(frozen=True, slots=True)
class CronSeries:
    """The moment `anchor`, by the clock of whose zone the others follow as the cron text says."""

    anchor: datetime
    cron: Cron

    @property
    def due_at(self) -> datetime:
        return self.anchor.astimezone(UTC)

    def following(self) -> CronSeries | None:
        coming = self.cron.after(self.anchor)
        return None if coming is None else CronSeries(coming, self.cron)

    def after(self, fired: int, now: datetime) -> tuple[CronSeries | None, int]:
        coming = self.cron.after(now.astimezone(self.anchor.tzinfo))
        return None if coming is None else CronSeries(coming, self.cron), fired + 1

    def as_json(self) -> list[object]:
        return [moment_text(self.anchor), self.cron.text]


def from_json(json: list[object]) -> Schedule:
    """What `as_json` gave."""
    anchor = parse_moment(str(json[0]))
    match json:
        case [_]:
            return Repetition(anchor)
        case [_, text]:
            return CronSeries(anchor, parse_cron(str(text), SPRING))
    _, span, index, left = json
    return Repetition(anchor, parse_span(str(span)), int(str(index)), None if left is None else int(str(left)))


def parse_schedule(text: str, now: datetime, *, sunday: int = QUARTZ) -> Schedule:
    """The schedule a timer's text means when it is set at `now`; `sunday` is its number in cron texts. Raises NotATime."""
    text = text.strip()
    if is_cron(text):
        return _cron_series(text, now, sunday)
    if text[:1] in ("R", "r"):
        return _repetition(text, now)
    if text.lstrip("-")[:1] in ("P", "p"):
        return Repetition(parse_span(text).after(now))
    return Repetition(parse_moment(text, now))


def check_schedule(text: str, *, sunday: int = QUARTZ) -> Schedule:
    """As it would be if it were set long ago. Raises NotATime when the text could not be read whenever the timer is set."""
    schedule = parse_schedule(text, datetime(2000, 1, 1, tzinfo=UTC), sunday=sunday)
    _ = schedule.due_at
    return schedule


def _cron_series(text: str, now: datetime, sunday: int) -> CronSeries:
    series = parse_cron(text, sunday)
    first = series.after(now)
    if first is None:
        raise NotATime(Sentence("The cron text “{text}” names no moment that is still to come.", text=text))
    return CronSeries(first, series)


def _repetition(text: str, now: datetime) -> Repetition:
    """`R3/PT1H` begins one duration from now, `R3/2026-01-01T09:00/PT1H` at that moment, `R/PT1H/2026-01-01` ends there."""
    head, *parts = _SLASH.split(text)
    if not re.fullmatch(r"R\d{0,9}", head) or not 1 <= len(parts) <= 2:
        raise NotATime(Sentence("“{text}” is not a repetition; write R3/PT1H, R/P1D or R3/2026-01-01T09:00:00Z/P1D.", text=text))
    left = int(head[1:]) if len(head) > 1 else None
    if left is not None and not 1 <= left <= MAX_REPETITIONS:
        raise NotATime(
            Sentence(
                "A timer repeats 1 to {limit:,} times, not {left:,}.",
                limit=MAX_REPETITIONS,
                left=left,
            )
        )
    if len(parts) == 2 and not parts[0].startswith("P"):
        return Repetition(parse_moment(parts[0], now), _positive(parse_span(parts[1])), 0, left).not_before(now)
    span = _positive(parse_span(parts[0]))
    if len(parts) == 2:
        left = _count_until(parse_moment(parts[1], now), now, span, left)
    return Repetition(now, span, 1, left)


def _positive(span: Span) -> Span:
    if not span.is_positive:
        raise NotATime(Sentence("A timer repeats after a duration longer than zero."))
    return span


def _count_until(end: datetime, start: datetime, span: Span, left: int | None) -> int:
    """How many moments there are from one span after `start` up to `end`: at least one, at most `left`."""
    most = MAX_REPETITIONS if left is None else left
    count = min(most, max(1, span.surely_fits(end - start)))
    while count < most and span.after(start, count + 1) <= end:
        count += 1
    return count
