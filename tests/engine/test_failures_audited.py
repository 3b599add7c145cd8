"""Nothing that working on jobs, timers and messages leads to is taken for a change by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import jobs, process_instances
from engine.facts.actor import SYSTEM
from engine.facts.sentences import Sentence
from engine.messaging import signals
from engine.messaging import thrown as deliveries
from engine.operating import incidents
from engine.operating.audit import audit
from engine.operating.rebuild import rebuild
from engine.store import Database
from tests.engine.company import COMPANY, OTTO
from tests.engine.conftest import Begin, Clock, Working
from tests.engine.test_jobs import taken
from tests.engine.test_timers import fire_due

DOWN = Sentence("It is down.")


def fail(working: Working) -> None:
    for job in taken(working):
        with working(SYSTEM) as work:
            jobs.fail(work, job.id, DOWN, retry_in=timedelta(minutes=1))


def vanish(working: Working) -> None:
    taken(working)


def retry(working: Working) -> None:
    with working(OTTO) as work:
        for each in incidents.list_(work).items:
            incidents.retry(work, each.id)


def resolve(working: Working) -> None:
    with working(OTTO) as work:
        for each in incidents.list_(work).items:
            incidents.resolve(work, each.id)


def complete(working: Working) -> None:
    for job in taken(working):
        with working(SYSTEM) as work:
            jobs.complete(work, job.id, {"body": "hello"})


def refuse(working: Working) -> None:
    for job in taken(working):
        with working(SYSTEM) as work:
            jobs.raise_error(work, job.id, "UNKNOWN")


def give_up(working: Working) -> None:
    for job in taken(working):
        with working(SYSTEM) as work:
            jobs.fail(work, job.id, DOWN, is_retryable=False)


def cancel(working: Working) -> None:
    with working(OTTO) as work:
        (instance,) = process_instances.list_(work, process_instances.ProcessInstanceFilter()).items
    with working(OTTO) as work:
        process_instances.cancel(work, instance.id, "Over.")


Deed = Callable[[Working], None]
JOBS: dict[str, tuple[Deed, ...]] = {
    "fails until it is given up, is retried, fails again, is done": (*[fail] * 3, retry, fail, retry, complete),
    "vanishes until it is given up, and is resolved": (*[vanish] * 3, resolve),
    "vanishes and fails by turns": (vanish, fail, vanish, fail, retry),
    "raises an error that nobody catches, is retried and done": (refuse, retry, complete),
    "is given up and the case is cancelled": (give_up, cancel),
    "is given up, resolved and cancelled": (give_up, resolve, cancel),
}


@pytest.fixture
def steps(database: Database, working: Working, clock: Clock) -> Callable[..., None]:
    def stepped(*deeds: Deed) -> None:
        assert audit(database, COMPANY) == []
        for deed in deeds:
            deed(working)
            assert audit(database, COMPANY) == []
            clock.forward(minutes=2)
            assert audit(database, COMPANY) == []
            assert rebuild(database, COMPANY) == 0

    return stepped


@pytest.mark.parametrize("name", JOBS)
def test_of_jobs(begin: Begin, working: Working, steps: Callable[..., None], name: str) -> None:
    begin("service", address="x")
    steps(*JOBS[name])
    with working(SYSTEM) as work:
        assert incidents.list_(work, is_open=None).items, "something has failed"


def test_of_timers_and_messages(begin: Begin, working: Working, clock: Clock, steps: Callable[..., None]) -> None:
    begin("broken-timer", answer=3)
    begin("broken-signal", answer=3)
    clock.forward(days=2)

    def fire(working: Working) -> None:
        fire_due(working)

    def throw(working: Working) -> None:
        with working(SYSTEM) as work:
            signals.throw(work, "alarm")
        for _ in range(3):
            with working(SYSTEM) as work:
                deliveries.deliver_next(work)

    steps(fire, throw, retry, fire, throw, resolve)
    with working(SYSTEM) as work:
        assert {each.kind for each in incidents.list_(work, is_open=None).items} == {"timer", "message"}
