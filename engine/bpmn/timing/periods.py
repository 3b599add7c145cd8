"""How often a timer may repeat: a period too short is a mistake in the model, and starts or wakes processes without end."""

from __future__ import annotations

from datetime import timedelta

from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.schedule import Schedule
from engine.facts.sentences import Sentence

#: Unless the service is set otherwise, in seconds.
SHORTEST_PERIOD = 1.0

#: A cron text has periods of many lengths: so many are looked at.
_LOOKS = 3


class _Limit:
    """What this process was set to."""

    period = timedelta(seconds=SHORTEST_PERIOD)


class TooOften(NotATime):
    """The timer repeats after less than the shortest period."""


def allow_period(seconds: float) -> None:
    """From now on timers of this process may be set that repeat after so many seconds."""
    _Limit.period = timedelta(seconds=seconds)


def refuse_too_often(schedule: Schedule) -> None:
    """Raises TooOften."""
    for _ in range(_LOOKS):
        following = schedule.following()
        if following is None:
            return
        period = following.due_at - schedule.due_at
        if period < _Limit.period:
            raise TooOften(
                Sentence(
                    "It repeats after {period:g} s; the shortest period is {shortest:g} s (LIUZHUAN_SHORTEST_PERIOD_SECONDS).",
                    period=period.total_seconds(),
                    shortest=_Limit.period.total_seconds(),
                )
            )
        schedule = following
