"""The ticker: calls the loops, leaves a sign of life, survives trouble."""

from __future__ import annotations

import logging
import threading

import pytest

from engine.actor import SYSTEM
from engine.errors import Unavailable
from service.background.schedule import MOST_ROUNDS, Loop, Worker, loops, tick
from service.parts import Parts
from service.store import background_ticks
from tests.background.conftest import Clock


def test_a_loop_is_called_until_it_finds_nothing(parts: Parts, clock: Clock) -> None:
    found = iter([3, 2, 0, 9])
    assert tick(parts, Loop("tests", lambda _: next(found), 1)) == 5
    with parts.begin(SYSTEM) as work:
        assert background_ticks.ticks(work) == {"tests": clock.now}


def test_a_loop_that_always_finds_more_gives_way(parts: Parts) -> None:
    assert tick(parts, Loop("tests", lambda _: 1, 1)) == MOST_ROUNDS


@pytest.mark.parametrize("trouble", [Unavailable(what="The database"), ZeroDivisionError()])
def test_trouble_is_logged_and_leaves_no_sign_of_life(parts: Parts, caplog: pytest.LogCaptureFixture, trouble: Exception) -> None:
    def fails(_: Parts) -> int:
        raise trouble

    with caplog.at_level(logging.WARNING):
        assert tick(parts, Loop("tests", fails, 1)) == 0
    assert len([record for record in caplog.records if record.name == "service.background.schedule"]) == 1
    with parts.begin(SYSTEM) as work:
        assert background_ticks.ticks(work) == {}


def test_a_worker_begins_at_once_and_finishes_what_it_does(parts: Parts) -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), []

    def slow(_: Parts) -> int:
        begun.set()
        may_end.wait(10)
        ended.append(True)
        return 0

    worker = Worker(parts, [Loop("slow", slow, 3600)])
    worker.start()
    assert begun.wait(10)
    may_end.set()
    worker.stop()
    assert ended == [True]


def test_every_loop_of_a_worker_has_a_name_of_its_own() -> None:
    names = [loop.name for loop in loops(1.0)]
    assert len(names) == len(set(names)) == 4
