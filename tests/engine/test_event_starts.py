"""Processes that events start: a storm is paused where somebody sees it, and nobody else waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine import process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.start_limits import StartLimits
from engine.messaging import conditions, messages, signals
from engine.messaging import thrown as deliveries
from engine.operating import given_up
from engine.process_instances import ProcessInstanceFilter
from engine.steps.event_starts import NotStarted
from engine.store import Database, open_database
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE
from tests.engine.conftest import Clock, Working

LIMITS = StartLimits(per_minute=40, depth=6)
DOUBLING = "start s signal=bang\nthrow a signal=bang\nthrow b signal=bang\nend e\ns -> a -> b -> e"
CHAIN = "start s signal=bang\nthrow a signal=bang\nend e\ns -> a -> e"
BY_MESSAGE = "start s message=next\nthrow a message=next\nend e\ns -> a -> e"


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    database = open_database(database_url, clock=clock, start_limits=LIMITS)
    yield database
    database.close()


@pytest.fixture
def deploy(working: Working) -> Callable[..., None]:
    def deployed(lines: str, id: str = "storm", **process: str) -> None:
        with working(SYSTEM) as work:
            deployments.deploy(work, [File(f"{id}.bpmn", bpmn(lines, id, **process))], name="t")

    return deployed


def deliver(working: Working, *, most: int = 2000) -> int:
    """As a worker does, until there is nothing to do."""
    for taken in range(most):
        with working(SYSTEM) as work:
            if not deliveries.deliver_next(work):
                return taken
    return most


def started(working: Working, key: str = "storm") -> int:
    with working(SYSTEM) as work:
        return sum(process_instances.counts(work, ProcessInstanceFilter(key=key)).values())


def kinds(working: Working) -> dict[str, int]:
    with working(SYSTEM) as work:
        return {kind: number for kind, number in given_up.counts(work).items() if number}


def test_a_process_that_starts_itself_twice_is_paused_and_goes_on_after_a_retry(
    working: Working, clock: Clock, deploy: Callable[..., None]
) -> None:
    deploy(DOUBLING)
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
    deliver(working)
    assert started(working) == LIMITS.per_minute
    with working(SYSTEM) as work:
        paused = [row for row in given_up.list_(work) if row.kind == "process"]
    assert "40 times within a minute" in str(paused[0].why) and "tries it again" in str(paused[0].why)
    assert paused[0].key == "storm"
    clock.forward(minutes=5)
    deliver(working)
    assert started(working) == LIMITS.per_minute, "it stays paused"
    with working(SYSTEM) as work:
        given_up.retry(work)
    deliver(working)
    assert started(working) == 2 * LIMITS.per_minute


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_what_has_waited_for_a_worker_is_no_storm(working: Working, clock: Clock, deploy: Callable[..., None], kind: str) -> None:
    """An hour's work of ten a minute and more, done within a minute."""
    deploy(f"start s {kind}=bang\nend e\ns -> e")
    deploy(f"start s\nthrow t {kind}=bang\nend e\ns -> t -> e", "sender")
    for _ in range(3 * LIMITS.per_minute):
        with working(SYSTEM) as work:
            process_instances.start(work, "sender", {})
        clock.forward(seconds=2)
    deliver(working)
    assert started(working) == 3 * LIMITS.per_minute
    assert "process" not in kinds(working)


def test_another_version_may_start_again(working: Working, deploy: Callable[..., None]) -> None:
    deploy(DOUBLING)
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
    deliver(working)
    assert kinds(working)["process"] == 1
    deploy("start s signal=bang\nend e\ns -> e")
    assert "process" not in kinds(working)


@pytest.mark.parametrize("lines", [CHAIN, BY_MESSAGE], ids=["signal", "message"])
def test_a_chain_of_starts_is_cut_and_goes_on_after_a_retry(working: Working, deploy: Callable[..., None], lines: str) -> None:
    deploy(lines)
    with working(SYSTEM) as work:
        if lines is CHAIN:
            signals.throw(work, "bang")
        else:
            messages.correlate(work, "next")
    deliver(working)
    assert started(working) == LIMITS.depth + 1
    assert kinds(working) == {"message": 1}
    with working(SYSTEM) as work:
        (row,) = given_up.list_(work)
        assert "a chain of more than 6" in str(row.why)
        given_up.retry(work)
    deliver(working)
    assert started(working) == 2 * (LIMITS.depth + 1)


def test_a_process_that_starts_its_successor_later_makes_no_chain(
    working: Working, clock: Clock, deploy: Callable[..., None]
) -> None:
    deploy("start s message=next\ncatch c timer=P1D\nthrow a message=next\nend e\ns -> c -> a -> e")
    with working(SYSTEM) as work:
        messages.correlate(work, "next")
    for _ in range(LIMITS.depth + 3):
        clock.forward(days=1)
        with working(SYSTEM) as work:
            (due,) = timers.take_due(work, limit=5)
        with working(SYSTEM) as work:
            timers.fire(work, due)
        deliver(working)
    assert started(working) == LIMITS.depth + 4
    assert not kinds(working)


def test_others_are_not_slowed_by_a_storm(working: Working, deploy: Callable[..., None]) -> None:
    """What somebody has begun goes before what processes begin by themselves: no matter how many wait."""
    deploy(DOUBLING)
    deploy("start s\nthrow t message=paid\nuser u\nend e\ns -> t -> u -> e", "paying")
    deploy("start s message=paid\nuser u\nend e\ns -> u -> e", "booking")
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
    deliver(working, most=60)
    with working(ALICE) as work:
        process_instances.start(work, "paying", {})
    deliver(working, most=1)
    assert started(working, "booking") == 1


def test_a_timer_start_that_is_too_frequent_is_given_up(working: Working, clock: Clock, deploy: Callable[..., None]) -> None:
    deploy("start s timer=R/PT1S\nend e\ns -> e")

    def fire() -> None:
        clock.forward(seconds=1)
        with working(SYSTEM) as work:
            due = timers.take_due(work, limit=5)
        for id in due:
            with working(SYSTEM) as work:
                timers.fire(work, id)

    for _ in range(LIMITS.per_minute + 5):
        fire()
    assert started(working) == LIMITS.per_minute
    assert kinds(working) == {"timer": 1, "process": 1}
    with working(SYSTEM) as work:
        given_up.retry(work)
    fire()
    assert started(working) == LIMITS.per_minute + 1


def asked(kind: str) -> Callable[[Any], Any]:
    return (
        (lambda work: messages.correlate(work, "m")) if kind == "message" else (lambda work: conditions.evaluate(work, {"n": 1}))
    )


@pytest.mark.parametrize(("kind", "event"), [("message", "message=m"), ("condition", "condition='n > 0'")])
def test_another_system_is_refused_what_is_too_much_and_nothing_is_paused(
    working: Working, clock: Clock, deploy: Callable[..., None], kind: str, event: str
) -> None:
    deploy(f"start s {event}\nend e\ns -> e")
    for _ in range(LIMITS.per_minute):
        with working(SYSTEM) as work:
            asked(kind)(work)
    with pytest.raises(NotStarted, match="Try again in a minute"), working(SYSTEM) as work:
        asked(kind)(work)
    assert not kinds(working)
    clock.forward(seconds=61)
    with working(SYSTEM) as work:
        asked(kind)(work)
    assert started(working) == LIMITS.per_minute + 1


def test_people_start_what_is_paused_for_events(working: Working, deploy: Callable[..., None]) -> None:
    deploy("start s signal=bang\nstart h\nthrow a signal=bang\nthrow b signal=bang\nend e\ns -> a -> b -> e\nh -> e")
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
    deliver(working)
    before = started(working)
    with working(ALICE) as work:
        process_instances.start(work, "storm", {})
    assert started(working) == before + 1


@pytest.mark.parametrize(("by_hand", "says"), [("start h\nh -> e", True), ("", False)], ids=["by hand too", "by events only"])
def test_people_can_start_it_is_only_said_where_they_can(
    working: Working, deploy: Callable[..., None], by_hand: str, says: bool
) -> None:
    deploy(f"{DOUBLING}\n{by_hand}")
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
    deliver(working)
    with working(SYSTEM) as work:
        (paused,) = [row for row in given_up.list_(work) if row.kind == "process"]
    assert ("people can start it" in str(paused.why)) is says


def test_one_is_tried_again_and_the_others_stay(working: Working, clock: Clock, deploy: Callable[..., None]) -> None:
    """One after the other, in each order: what is left stands there still."""
    deploy(DOUBLING)
    deploy(DOUBLING.replace("bang", "boom"), "other")
    with working(SYSTEM) as work:
        signals.throw(work, "bang")
        signals.throw(work, "boom")
    deliver(working)
    with working(SYSTEM) as work:
        rows = given_up.list_(work)
    assert {row.kind for row in rows} == {"process", "message"}
    for tried, row in enumerate(reversed(rows), start=1):
        with working(SYSTEM) as work:
            assert given_up.retry_one(work, row.id)
            left = given_up.list_(work)
            assert not given_up.retry_one(work, row.id), "somebody was faster"
        assert len(left) == len(rows) - tried and row not in left
    deliver(working)
    assert started(working) == started(working, "other") == 2 * LIMITS.per_minute


def test_a_pause_is_a_line_of_the_log_and_so_are_all_that_it_stops(
    working: Working, deploy: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    deploy(DOUBLING)
    deploy("start s signal=bang\nend e\ns -> e", "other")
    with caplog.at_level(logging.INFO):
        with working(SYSTEM) as work:
            signals.throw(work, "bang")
        deliver(working)
    told = [vars(record) for record in caplog.records if record.name.startswith("engine.store")]
    pauses = [each for each in told if each["msg"].startswith("events start a process too often")]
    assert {each["key"] for each in pauses} == {"storm", "other"}
    for each in pauses:
        assert "40 times within a minute" in each["why"]
        assert each["version"] == 1
        assert "given-up" in each["told"]
    stopped = [each for each in told if each["msg"].startswith("given up")]
    assert sum(kinds(working).values()) > 10
    assert len(stopped) == len({(each["kind"], each["about"], each["why"]) for each in stopped}) <= 2
    assert len(told) == len(pauses) + len(stopped)
