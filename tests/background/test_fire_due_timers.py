"""Timers: each once, not before its time."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from service.background import fire_due_timers
from service.parts import Parts
from tests.background.conftest import Clock

Start = Callable[[str], UUID]
Status = Callable[[UUID], str]


def test_a_timer_fires_when_its_time_has_come(parts: Parts, clock: Clock, start: Start, status: Status) -> None:
    id = start("timer")
    clock.move(minutes=59)
    assert fire_due_timers.run_once(parts) == 0
    clock.move(minutes=1)
    assert fire_due_timers.run_once(parts) == 1
    assert status(id) == "ended"
    assert fire_due_timers.run_once(parts) == 0


def test_after_a_long_stop_all_are_fired(parts: Parts, clock: Clock, start: Start, status: Status) -> None:
    ids = [start("timer") for _ in range(5)]
    clock.move(days=3)
    assert fire_due_timers.run_once(parts) == 5
    assert {status(id) for id in ids} == {"ended"}
