"""A step that computes for too long is stopped and seen by somebody; nobody waits for one that still computes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest

from engine import process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts import computing
from engine.facts.actor import SYSTEM
from engine.facts.errors import ModelRefused, Refusal, StepRefused
from engine.messaging import conditions
from engine.operating import given_up, incidents
from engine.people import user_tasks
from engine.process_instances import ProcessInstanceFilter
from engine.store import Database, open_database
from engine.store.unit_of_work import unit_of_work
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import Clock, Working

HOG = 'count(for i in 1..300000 return add working days(date("2026-01-01"),9999))'
STAFF = '<liuzhuan:assignment strategy="role" role="staff"/>'
AT_START = f"start s timer=R/PT10S\nscript t scriptFormat=feel script='{HOG}'\nend e\ns -> t -> e"
AFTER_TASK = f"start s\nuser u ext='{STAFF}'\nscript t scriptFormat=feel script='{HOG}'\nend e\ns -> u -> t -> e"

Deploy = Callable[..., None]


@pytest.fixture
def deploy(working: Working) -> Deploy:
    def deployed(lines: str, id: str = "hog", **process: str) -> None:
        with working(SYSTEM) as work:
            deployments.deploy(work, [File(f"{id}.bpmn", bpmn(lines, id, **process))], name="t")

    return deployed


@pytest.fixture
def quick_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock finds a tenth of a second gone."""
    times = count(0, 0.1)
    monkeypatch.setattr(computing, "thread_time", lambda: next(times))


def fire_due(working: Working) -> int:
    with working(SYSTEM) as work:
        ids = timers.take_due(work, limit=50)
    for id in ids:
        with working(SYSTEM) as work:
            timers.fire(work, id)
    return len(ids)


def _count(working: Working, key: str) -> int:
    with working(SYSTEM) as work:
        return len(process_instances.list_(work, ProcessInstanceFilter(key=key)).items)


@pytest.mark.usefixtures("quick_clock")
def test_a_timer_start_that_computes_too_long_is_given_up_with_its_cause_and_the_others_start(
    working: Working, clock: Clock, deploy: Deploy
) -> None:
    deploy(AT_START)
    deploy("start s timer=R/PT10S\nend e\ns -> e", "tick")
    clock.forward(seconds=10)
    assert fire_due(working) == 2
    assert (_count(working, "hog"), _count(working, "tick")) == (0, 1)
    with working(SYSTEM) as work:
        (row,) = given_up.list_(work)
    assert str(row.why).startswith("t: “count(for i in 1..300000")
    assert "longer than 2 s" in str(row.why) and "LIUZHUAN_STEP_SECONDS" in str(row.why)
    clock.forward(seconds=10)
    assert fire_due(working) == 1
    deploy("start s timer=R/PT10S\nend e\ns -> e")
    clock.forward(seconds=10)
    assert fire_due(working) == 2
    assert _count(working, "hog") == 1
    with working(SYSTEM) as work:
        assert not given_up.list_(work)


@pytest.mark.usefixtures("quick_clock")
def test_who_completes_a_task_before_it_hears_why_and_there_is_an_incident(working: Working, deploy: Deploy) -> None:
    deploy(AFTER_TASK)
    with working(ALICE) as work:
        instance = process_instances.start(work, "hog", {})
    with working(SYSTEM) as work:
        (task,) = user_tasks.list_(work, user_tasks.UserTaskFilter(process_instance_id=instance.id)).items
    with pytest.raises(StepRefused, match="longer than 2 s"), working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=instance.id).items
        assert (incident.element, "longer than 2 s" in str(incident.cause)) == ("t", True)


@pytest.mark.usefixtures("quick_clock")
@pytest.mark.parametrize("attribute", ["title", "businessKey"])
def test_a_title_or_key_that_computes_too_long_is_refused(working: Working, deploy: Deploy, attribute: str) -> None:
    deploy("start s\nuser u\nend e\ns -> u -> e", **{f"liuzhuan_{attribute}": f"={HOG}"})
    with pytest.raises(StepRefused, match="longer than 2 s"), working(SYSTEM) as work:
        process_instances.start(work, "hog", {})


@pytest.mark.usefixtures("quick_clock")
def test_a_condition_that_computes_too_long_is_refused(working: Working, deploy: Deploy) -> None:
    deploy(f"start s condition='{HOG} > 1'\nend e\ns -> e")
    with pytest.raises(StepRefused, match="longer than 2 s"), working(SYSTEM) as work:
        conditions.evaluate(work, {})


@pytest.mark.usefixtures("quick_clock")
def test_a_timer_whose_text_computes_too_long_refuses_the_deployment(deploy: Deploy) -> None:
    slow = "string(count(for i in 1..900000 return i))"
    with pytest.raises(ModelRefused) as refused:
        deploy(f"start s timer='={slow}'\nend e\ns -> e")
    (problem,) = refused.value.problems
    assert (problem.rule, problem.where, "longer than 2 s" in str(problem.sentence)) == ("timer-computed", "s", True)


def test_a_short_step_does_not_look_at_the_clock(working: Working, deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "script t scriptFormat=feel script='1 + 1' liuzhuan:resultVariable=n"
    deploy(f"start s\nuser u ext='{STAFF}'\n{script}\nend e\ns -> u -> t -> e")
    with working(ALICE) as work:
        instance = process_instances.start(work, "hog", {})
    with working(SYSTEM) as work:
        (task,) = user_tasks.list_(work, user_tasks.UserTaskFilter(process_instance_id=instance.id)).items
    monkeypatch.setattr(computing, "thread_time", lambda: pytest.fail("the clock was asked"))
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with working(SYSTEM) as work:
        assert process_instances.get(work, instance.id).status == "ended"


class Computing:
    """A thread in the middle of a step, which goes on when it is told to: its look at the clock takes so long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
        self.answer: Any = None
        self._act = act
        self._has_begun, self._may_go_on = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._times = count(0, 0.1)
        monkeypatch.setattr(computing, "thread_time", self._look)

    def _run(self) -> None:
        try:
            self.answer = self._act()
        except Refusal as refusal:
            self.answer = refusal

    def _look(self) -> float:
        if threading.current_thread() is self._thread:
            found = next(self._times)
            if found > 0.5:
                self._has_begun.set()
                assert self._may_go_on.wait(60)
            return found
        return 0.0

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        self._thread.start()
        assert self._has_begun.wait(60)
        try:
            yield
        finally:
            self._may_go_on.set()
            self._thread.join()


@pytest.fixture
def on_postgres(postgres_url: str, clock: Clock) -> Iterator[Database]:
    database = open_database(postgres_url, clock=clock)
    yield database
    database.close()


def test_a_deployment_does_not_wait_for_a_timer_start_that_computes(
    on_postgres: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def working(actor: Any) -> Any:
        return unit_of_work(on_postgres, actor, directory=COMPANY)

    with working(SYSTEM) as work:
        deployments.deploy(work, [File("hog.bpmn", bpmn(AT_START, "hog"))], name="t")
    clock.forward(seconds=10)
    step = Computing(monkeypatch, lambda: fire_due(working))
    with step.meanwhile(), working(SYSTEM) as work:
        _give_up_waiting(work)
        mended = bpmn("start s timer=R/PT10S\nend e\ns -> e", "hog")
        deployments.deploy(work, [File("hog.bpmn", mended)], name="t")
    assert step.answer == 1
    with working(SYSTEM) as work:
        assert not given_up.list_(work)
    clock.forward(seconds=10)
    assert (fire_due(working), _count(working, "hog")) == (1, 1)


@pytest.mark.parametrize("verb", [process_instances.cancel, process_instances.suspend])
def test_cancelling_and_suspending_do_not_wait_for_a_step_that_computes(
    on_postgres: Database, monkeypatch: pytest.MonkeyPatch, verb: Callable[..., Any]
) -> None:
    def working(actor: Any) -> Any:
        return unit_of_work(on_postgres, actor, directory=COMPANY)

    with working(SYSTEM) as work:
        deployments.deploy(work, [File("hog.bpmn", bpmn(AFTER_TASK, "hog"))], name="t")
    with working(ALICE) as work:
        instance = process_instances.start(work, "hog", {})
    with working(SYSTEM) as work:
        (task,) = user_tasks.list_(work, user_tasks.UserTaskFilter(process_instance_id=instance.id)).items

    def complete() -> Any:
        with working(ALICE) as work:
            return user_tasks.complete(work, task.id, {})

    step = Computing(monkeypatch, complete)
    with step.meanwhile(), working(SYSTEM) as work:
        _give_up_waiting(work)
        verb(work, instance.id, "it takes too long")
    assert isinstance(step.answer, Refusal)
    with working(SYSTEM) as work:
        assert process_instances.get(work, instance.id).version == 2


def _give_up_waiting(work: Any) -> None:
    """Whoever waits for a lock for a second fails."""
    work.begin()
    work.connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
