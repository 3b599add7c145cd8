"""Clocks are set forward and back while timers wait: each fires once, and none before its time."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from engine import process_instances, timers
from engine.facts.actor import SYSTEM
from engine.facts.errors import Conflict
from engine.operating import audit
from engine.store import Database
from tests.engine.company import COMPANY
from tests.engine.conftest import Begin, Clock, Working

COUNT = 30
JUMPS = 60


def fire_due(working: Working) -> int:
    """As a worker does."""
    with working(SYSTEM) as work:
        due = timers.take_due(work, limit=10)
    for id in due:
        try:
            with working(SYSTEM) as work:
                timers.fire(work, id)
        except Conflict:
            continue
    return len(due)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_jumps_of_a_day_lose_and_repeat_nothing(
    working: Working, begin: Begin, clock: Clock, database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    began: dict[UUID, datetime] = {}
    for _ in range(COUNT):
        began[begin("alarm-clock").id] = clock.now
        clock.forward(minutes=chance.randrange(30))
    for _ in range(JUMPS):
        clock.now += timedelta(minutes=chance.randrange(-24 * 60, 24 * 60))
        while fire_due(working):
            continue
    clock.now = max(began.values()) + timedelta(days=3)
    while fire_due(working):
        continue
    for id, at in began.items():
        with working(SYSTEM) as work:
            history = [each for each in process_instances.history(work, process_instances.get(work, id)) if each.verb == "fire"]
        assert len(history) == 1
        assert history[0].at >= at + timedelta(hours=1)
    assert audit.audit(database, COMPANY) == []
