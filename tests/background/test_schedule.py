"""The loops of a worker: looked after on every beat and whenever there is work; they leave a sign of life and survive trouble."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from service.background.loop import MOST_ROUNDS, Loop, Runner
from service.background.schedule import Worker, loops
from service.parts import Parts
from service.store import background_ticks
from tests.background.conftest import Clock


def test_a_loop_is_called_until_it_finds_nothing(parts: Parts, clock: Clock) -> None:
    found = iter([3, 2, 0, 9])
    assert Runner(parts, Loop("tests", lambda _: next(found), 1)).tick() == 5
    with parts.begin(SYSTEM) as work:
        assert background_ticks.ticks(work) == {"tests": clock.now}


def test_a_loop_that_always_finds_more_gives_a_sign_of_life(parts: Parts, clock: Clock) -> None:
    assert Runner(parts, Loop("tests", lambda _: 1, 1)).tick() == MOST_ROUNDS
    with parts.begin(SYSTEM) as work:
        assert background_ticks.ticks(work) == {"tests": clock.now}


@pytest.mark.parametrize("trouble", [Unavailable(what="The database"), ZeroDivisionError()])
def test_trouble_is_logged_and_leaves_no_sign_of_life(parts: Parts, caplog: pytest.LogCaptureFixture, trouble: Exception) -> None:
    def fails(_: Parts) -> int:
        raise trouble

    with caplog.at_level(logging.WARNING):
        assert Runner(parts, Loop("tests", fails, 1)).tick() == 0
    assert len([record for record in caplog.records if record.name == "service.background.loop"]) == 1
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
    assert ended[0]


def test_a_loop_woken_at_work_looks_once_more(parts: Parts) -> None:
    looks, second = [], threading.Event()

    def run_once(_: Parts) -> int:
        looks.append(True)
        if len(looks) == 1:
            runner.wake()
        else:
            second.set()
        return 0

    runner = Runner(parts, Loop("tests", run_once, 3600))
    runner.start()
    runner.wake()
    assert second.wait(10)
    runner.stop()


def test_a_loop_wakes_by_itself_when_something_planned_is_due(parts: Parts) -> None:
    looks, second = [], threading.Event()

    def run_once(_: Parts) -> int:
        looks.append(True)
        if len(looks) == 2:
            second.set()
        return 0

    runner = Runner(parts, Loop("tests", run_once, 3600, seconds_to_next=lambda _: 0.01))
    runner.start()
    runner.wake()
    assert second.wait(10)
    runner.stop()


def test_only_the_loop_that_cares_hears_of_work(parts: Parts) -> None:
    looked = threading.Event()

    def run_once(_: Parts) -> int:
        looked.set()
        return 0

    never = Loop("never", lambda _: pytest.fail("nobody called"), 3600, hears="jobs")
    worker = Worker(parts, [Loop("messages", run_once, 3600, hears="messages"), never])
    for runner in worker.runners:
        runner.start()
    worker.heard(["messages"])
    assert looked.wait(10)
    for runner in worker.runners:
        runner.stop()


def test_every_loop_of_a_worker_has_a_name_of_its_own(parts: Parts) -> None:
    names = [loop.name for loop in loops(parts.settings)]
    assert len(names) == len(set(names)) == 9
    assert set(background_ticks.WATCHED) < set(names)


def test_a_message_is_delivered_without_waiting_for_the_next_beat(
    parts: Parts, start: Callable[[str], UUID], status: Callable[[UUID], str]
) -> None:
    receiver = start("receiver")
    beats = replace(parts, settings=replace(parts.settings, tick_seconds=3600.0))
    delivered = threading.Event()
    (loop,) = (each for each in loops(beats.settings) if each.name == "deliver_messages")

    def run_once(_: Parts) -> int:
        found = loop.run_once(beats)
        if status(receiver) == "ended":
            delivered.set()
        return found

    listening = threading.Event()

    def listens(_: Parts) -> int:
        listening.set()
        return 0

    listener = Loop("jobs", listens, 3600, hears="jobs")
    worker = Worker(beats, [replace(loop, run_once=run_once), listener])
    worker.start()
    assert listening.wait(10)
    start("sender")
    assert delivered.wait(10)
    worker.stop()
