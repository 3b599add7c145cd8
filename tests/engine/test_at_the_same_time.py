"""Several people, workers and messages at one process instance."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from engine import process_instances, timers
from engine.facts.actor import SYSTEM, Actor
from engine.facts.errors import Refusal, UserTaskAlreadyClaimed, UserTaskAlreadyCompleted
from engine.messaging import messages
from engine.operating import audit
from engine.people import user_tasks
from engine.store import Database
from tests.engine.company import ALICE, ANNA, COMPANY
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Runs all at the same moment; a refusal is an answer."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def completing(working: Working, person: Actor, id: Any, **variables: Any) -> Callable[[], Any]:
    def act() -> Any:
        with working(person) as work:
            return user_tasks.complete(work, id, variables)

    return act


def test_of_two_who_complete_one_task_one_wins_and_the_other_hears_who(
    working: Working, begin: Begin, open_tasks: OpenTasks, database: Database
) -> None:
    for _ in range(10):
        instance = begin("two-steps", customer="ACME")
        (task,) = open_tasks(instance.id)
        answers = together([completing(working, person, task.id) for person in (ALICE, ANNA)])
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        assert [type(each) for each in refused] == [UserTaskAlreadyCompleted]
        with working(SYSTEM) as work:
            assert process_instances.get(work, instance.id).version == 2
    assert audit.audit(database, COMPANY) == []


def test_everybody_in_a_parallel_task_gets_through(
    working: Working, begin: Begin, open_tasks: OpenTasks, database: Database
) -> None:
    instance = begin("everybody", members=list(range(8)))
    tasks = open_tasks(instance.id)
    assert len(tasks) == 8
    answers = together([completing(working, ALICE, task.id, opinion=task.token) for task in tasks])
    assert [answer for answer in answers if isinstance(answer, Refusal)] == []
    with working(SYSTEM) as work:
        after = process_instances.get(work, instance.id)
    assert (after.status, after.version) == ("ended", 9)
    assert audit.audit(database, COMPANY) == []


def test_one_of_two_claims_wins(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)

    def claiming(person: Actor) -> Callable[[], Any]:
        def act() -> Any:
            with working(person) as work:
                return user_tasks.claim(work, task.id)

        return act

    answers = together([claiming(ALICE), claiming(ANNA)])
    assert [type(answer) for answer in answers if isinstance(answer, Refusal)] == [UserTaskAlreadyClaimed]


def test_a_timer_claimed_by_several_workers_fires_once(working: Working, begin: Begin, clock: Clock, database: Database) -> None:
    instance = begin("reminder")
    clock.forward(days=1)
    with working(SYSTEM) as work:
        (id,) = timers.take_due(work, limit=10)

    def fire() -> Any:
        with working(SYSTEM) as work:
            return timers.fire(work, id)

    assert sum(answer is not None for answer in together([fire] * 4)) == 1
    with working(SYSTEM) as work:
        assert process_instances.get(work, instance.id).version == 2
    assert audit.audit(database, COMPANY) == []


def test_the_same_event_from_several_sides_is_applied_once(working: Working, begin: Begin) -> None:
    for _ in range(3):
        begin("payment", order="A1")

    def send() -> Any:
        with working(SYSTEM) as work:
            return messages.correlate(work, "paid", correlation_key="A1", event_id="e1")

    answers = together([send] * 4)
    assert sorted(answer.is_repeated for answer in answers) == [False, True, True, True]
    assert len({answer.process_instance_id for answer in answers}) == 1


def test_two_messages_reach_two_receivers(working: Working, begin: Begin) -> None:
    waiting = {begin("payment", order="A1").id for _ in range(2)}

    def send() -> Any:
        with working(SYSTEM) as work:
            return messages.correlate(work, "paid", correlation_key="A1")

    assert {answer.process_instance_id for answer in together([send] * 2)} == waiting
