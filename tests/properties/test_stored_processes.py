"""Random models on random paths through the database: rows follow from the state, and the state from the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import jobs, process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM, Actor
from engine.messaging import messages, signals
from engine.messaging import thrown as deliveries
from engine.operating import audit
from engine.operating.needed_repairs import needed_repair
from engine.operating.replay import replay
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.process_instances import ProcessInstanceFilter
from engine.store import Database, open_database
from engine.store import process_instances as stored
from engine.store.jobs import JobFilter
from engine.store.messages import message
from engine.store.outbox import outbox
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from tests.bpmn.writing import bpmn
from tests.engine.company import COMPANY
from tests.engine.conftest import Clock
from tests.properties.random_models import NAMES, models

INNER = bpmn("start s\nuser u\nscript t script='{c: 1}'\nend e\ns -> u -> t -> e", id="inner")
LAST_RESORT = Actor("otto", "Otto", frozenset({"role:process-administrator"}), frozenset({"administer"}))
ENOUGH = 150
BEGINNING = Clock().now

Do = Callable[[UnitOfWork], Any]


class StoredWalker:
    """One process instance in the database on a path of choices, each step a unit of work as in the service."""

    def __init__(self, database: Database, clock: Clock, xml: bytes, variables: dict[str, Any]) -> None:
        """As if the database were a new one: at the same moment, with nothing left open by an example that was given up."""
        self.clock = clock
        clock.now = BEGINNING
        self.working = partial(unit_of_work, database, directory=COMPANY)
        with self.working(SYSTEM) as work:
            unfinished = process_instances.list_(work, ProcessInstanceFilter(is_open=True)).items
        for instance in unfinished:
            with self.working(SYSTEM) as work:
                process_instances.cancel(work, instance.id, "Given up.")
        with self.working(SYSTEM) as work:
            for leftover in (message, outbox):
                work.write(leftover.delete())
        with self.working(LAST_RESORT) as work:
            deployments.deploy(work, [File("p.bpmn", xml), File("inner.bpmn", INNER)], name="random")
        with self.working(LAST_RESORT) as work:
            self.id = process_instances.start(work, "p", variables).id

    @property
    def is_ended(self) -> bool:
        with self.working(SYSTEM) as work:
            return process_instances.get(work, self.id).is_ended

    def step(self, path: Random) -> None:
        """Does one of the things that are open; then what was thrown is delivered."""
        open_things = list(self.open_things())
        assert open_things, "nothing is open and the instance has not ended"
        act = path.choice(open_things)
        with self.working(LAST_RESORT) as work:
            act(work, {NAMES[path.randrange(3)]: path.randrange(3)})
        self.deliver()

    def deliver(self) -> None:
        for _ in range(50):
            with self.working(SYSTEM) as work:
                if not deliveries.deliver_next(work):
                    return

    def open_things(self) -> Iterator[Callable[[UnitOfWork, dict[str, Any]], Any]]:
        with self.working(SYSTEM) as work:
            for task in user_tasks.list_(work, UserTaskFilter(process_instance_id=self.id), limit=200).items:
                yield partial(_complete, task.id)
            for job in jobs.list_(work, JobFilter(process_instance_id=self.id), limit=200).items:
                yield partial(_finish, job.id)
            for id, due_at in work.rows(timer.select().with_only_columns(timer.c.id, timer.c.due_at).order_by(timer.c.id)):
                yield partial(self._fire, id, due_at)
            columns = (subscription.c.kind, subscription.c.name, subscription.c.correlation_key)
            for kind, name, key in work.rows(subscription.select().with_only_columns(*columns).order_by(subscription.c.id)):
                yield partial(_send, kind, name, key)

    def _fire(self, id: UUID, due_at: Any, work: UnitOfWork, variables: dict[str, Any]) -> None:
        self.clock.now = max(self.clock.now, due_at)
        work.observe(None)
        timers.fire(work, id)

    def wrong_rows(self) -> int:
        with self.working(SYSTEM) as work:
            found = stored.find_with_state(work, self.id)
            assert found is not None
            return needed_repair(work, found).count


def _complete(id: UUID, work: UnitOfWork, variables: dict[str, Any]) -> None:
    user_tasks.complete(work, id, variables)


def _finish(id: UUID, work: UnitOfWork, variables: dict[str, Any]) -> None:
    jobs.complete(work, id, variables)


def _send(kind: str, name: str, key: str | None, work: UnitOfWork, variables: dict[str, Any]) -> None:
    if kind == "signal":
        signals.throw(work, name, variables)
    else:
        messages.correlate(work, name, correlation_key=key, variables=variables, time_to_live=timedelta(0))


@pytest.fixture
def database(database_url: str, clock: Clock) -> Iterator[Database]:
    database = open_database(database_url, clock=clock)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(xml=models(), path=st.randoms(use_true_random=False))
def test_rows_follow_from_the_state_on_every_path(database: Database, clock: Clock, xml: bytes, path: Random) -> None:
    walker = StoredWalker(database, clock, xml, dict.fromkeys(NAMES, 0))
    for _ in range(ENOUGH):
        assert walker.wrong_rows() == 0
        if walker.is_ended:
            break
        walker.step(path)
    else:
        with walker.working(LAST_RESORT) as work:
            process_instances.cancel(work, walker.id, "Long enough.")
    assert audit.audit(database, COMPANY) == []
    with walker.working(LAST_RESORT) as work:
        assert replay(work, walker.id).difference is None
