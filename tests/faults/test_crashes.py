"""A crash at any statement of any verb loses nothing and does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest

from engine import jobs, process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import Conflict, ProcessInstanceEnded, StepRefused
from engine.messaging import messages
from engine.messaging import thrown as deliveries
from engine.operating import audit, incidents
from engine.people import user_tasks
from engine.process_instances import ProcessInstanceFilter
from engine.store import open_database
from engine.store.unit_of_work import unit_of_work
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import MODELS, Begin, Clock, OpenTasks, Working
from tests.faults.crashing import When, crashing

#: More statements than any verb sends.
MOST = 60

Survive = Callable[[Callable[[int], Callable[[Working], None]], Callable[[int], None]], None]


@pytest.fixture(params=["before", "after"])
def survive(request: pytest.FixtureRequest, database_url: str, clock: Clock) -> Survive:
    """For each statement of an act: prepare it, die there, start again, do it again, check what is there now."""
    when: When = request.param

    def survived(prepare: Callable[[int], Callable[[Working], None]], check: Callable[[int], None]) -> None:
        for at in count(1):
            assert at < MOST
            act = prepare(at)
            dying = open_database(database_url, clock=clock)
            with crashing(dying, at, when) as countdown:
                act(partial(unit_of_work, dying, directory=COMPANY))
            dying.close()
            restarted = open_database(database_url, clock=clock)
            clock.forward(minutes=2)
            act(partial(unit_of_work, restarted, directory=COMPANY))
            check(at)
            findings = audit.audit(restarted, COMPANY)
            restarted.close()
            assert findings == []
            if not countdown.happened:
                assert at > 2
                return

    return survived


def test_starting(survive: Survive, working: Working, deploy: Callable[..., Any]) -> None:
    deploy("two-steps.bpmn")

    def known(key: str, working: Working) -> list[Any]:
        with working(ALICE) as work:
            return list(process_instances.list_(work, ProcessInstanceFilter(business_key=key)).items)

    def prepare(at: int) -> Callable[[Working], None]:
        def act(working: Working) -> None:
            if not known(f"case-{at}", working):
                with working(ALICE) as work:
                    process_instances.start(work, "two-steps", {"customer": "ACME"}, business_key=f"case-{at}")

        return act

    survive(prepare, lambda at: _equal(len(known(f"case-{at}", working)), 1))


def test_completing_a_user_task(survive: Survive, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = begin("two-steps", customer="ACME").id
        (task,) = open_tasks(begun[at])

        def act(working: Working) -> None:
            try:
                with working(ALICE) as work:
                    user_tasks.complete(work, task.id, {"answer": 1})
            except Conflict:
                return

        return act

    def check(at: int) -> None:
        assert [task.element for task in open_tasks(begun[at])] == ["second"]

    survive(prepare, check)


def test_cancelling(survive: Survive, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = begin("reminder").id

        def act(working: Working) -> None:
            try:
                with working(ALICE) as work:
                    process_instances.cancel(work, begun[at], "No.")
            except ProcessInstanceEnded:
                return

        return act

    survive(prepare, lambda at: _equal(open_tasks(begun[at]), []))


def test_claiming(survive: Survive, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    tasks = {}

    def prepare(at: int) -> Callable[[Working], None]:
        (tasks[at],) = open_tasks(begin("two-steps", customer="ACME").id)

        def act(working: Working) -> None:
            with working(ALICE) as work:
                user_tasks.claim(work, tasks[at].id)

        return act

    def check(at: int) -> None:
        with working(ALICE) as work:
            assert user_tasks.get(work, tasks[at].id).task.assignee == "alice"

    survive(prepare, check)


def test_a_job_from_taking_to_reporting(survive: Survive, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = begin("service", address="x").id

        def act(working: Working) -> None:
            with working(SYSTEM) as work:
                taken = jobs.take_due(work, "w", names=["http"], limit=5, lease=timedelta(minutes=1))
            for job in taken:
                with working(SYSTEM) as work:
                    jobs.complete(work, job.id, {"body": "done"})

        return act

    def check(at: int) -> None:
        assert [task.element for task in open_tasks(begun[at])] == ["look"]

    survive(prepare, check)


def test_a_timer_from_claiming_to_firing(survive: Survive, begin: Begin, open_tasks: OpenTasks, clock: Clock) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = begin("alarm-clock").id
        clock.forward(hours=1)

        def act(working: Working) -> None:
            with working(SYSTEM) as work:
                due = timers.take_due(work, limit=5)
            for id in due:
                with working(SYSTEM) as work:
                    timers.fire(work, id)

        return act

    def check(at: int) -> None:
        assert [task.element for task in open_tasks(begun[at])] == ["wake"]

    survive(prepare, check)


def test_a_message_with_an_event_id(survive: Survive, begin: Begin, open_tasks: OpenTasks) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = [begin("payment", order=f"A{at}").id for _ in range(2)]

        def act(working: Working) -> None:
            with working(SYSTEM) as work:
                messages.correlate(work, "paid", correlation_key=f"A{at}", event_id=f"e{at}")

        return act

    def check(at: int) -> None:
        assert [len(open_tasks(id)) for id in begun[at]] == [1, 0]

    survive(prepare, check)


def test_a_message_between_two_instances(
    survive: Survive, working: Working, begin: Begin, deploy: Callable[..., Any], open_tasks: OpenTasks
) -> None:
    deploy("order.bpmn")
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = [begin("payment", order=f"A{at}").id for _ in range(2)]
        with working(SYSTEM) as work:
            messages.correlate(work, "ordered", variables={"order": f"A{at}"})

        def act(working: Working) -> None:
            more = True
            while more:
                with working(SYSTEM) as work:
                    more = deliveries.deliver_next(work)

        return act

    def check(at: int) -> None:
        assert [len(open_tasks(id)) for id in begun[at]] == [1, 0]

    survive(prepare, check)


def test_a_refused_step_and_its_incident(survive: Survive, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begun = {}

    def prepare(at: int) -> Callable[[Working], None]:
        begun[at] = begin("broken").id
        (task,) = open_tasks(begun[at])

        def act(working: Working) -> None:
            try:
                with working(ALICE) as work:
                    user_tasks.complete(work, task.id, {"answer": 3})
            except StepRefused:
                return

        return act

    def check(at: int) -> None:
        with working(SYSTEM) as work:
            assert len(incidents.list_(work, process_instance_id=begun[at]).items) == 1

    survive(prepare, check)


def test_deploying(survive: Survive, working: Working) -> None:
    original = (MODELS / "review.bpmn").read_bytes()

    def prepare(at: int) -> Callable[[Working], None]:
        file = File("review.bpmn", original + b"\n" * at)

        def act(working: Working) -> None:
            with working(SYSTEM) as work:
                assert deployments.deploy(work, [file], name="x").definitions[0].version == at

        return act

    survive(prepare, lambda at: None)


def _equal(found: object, expected: object) -> None:
    assert found == expected
