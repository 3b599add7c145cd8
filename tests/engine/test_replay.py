"""Doing everything again that was asked: it leads where it led then, and a row that was changed by hand is found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from engine import jobs, process_instances, timers
from engine.bpmn import MoveTarget
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import NotAllowed
from engine.messaging import messages
from engine.operating import moves
from engine.operating.replay import NotReplayable, Replayed, replay
from engine.people import user_tasks
from engine.store.history import history
from engine.store.jobs import JobFilter
from engine.store.process_instances import process_instance
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE, ANNA, BOB, OTTO
from tests.engine.conftest import MODELS, Begin, Clock, OpenTasks, Working

Replay = Callable[[UUID], Replayed]


@pytest.fixture
def again(working: Working) -> Replay:
    def done(id: UUID) -> Replayed:
        with working(OTTO) as work:
            return replay(work, id)

    return done


def test_people_are_replayed_and_what_leaves_the_execution_alone_is_passed_over(
    working: Working, begin: Begin, open_tasks: OpenTasks, again: Replay
) -> None:
    instance = begin("two-steps", customer="ACME", serial=9007199254740993, mass=2**62, share=0.1)
    (task,) = open_tasks(instance.id)
    for act in (user_tasks.claim, user_tasks.unclaim):
        with working(ALICE) as work:
            act(work, task.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"answer": {"deep": [None, True, "文"]}}, comment="Fine.")
    for turn in (process_instances.suspend, process_instances.resume):
        with working(OTTO) as work:
            turn(work, instance.id, "Wait.")
    with working(OTTO) as work:
        process_instances.set_variables(work, instance.id, {"customer": "Other"})
    with working(OTTO) as work:
        moves.move(work, instance.id, cancel=["second"], start=[MoveTarget("first")], why="Once more.")
    assert again(instance.id) == Replayed(4, None)
    with working(OTTO) as work:
        process_instances.cancel(work, instance.id, "Enough.")
    assert again(instance.id) == Replayed(5, None)


def test_timers_messages_and_jobs_are_replayed(
    working: Working, begin: Begin, clock: Clock, again: Replay, deploy: Callable[..., Any]
) -> None:
    reminder, payment, topic = begin("reminder"), begin("payment", order="A-1"), begin("topic")
    clock.forward(days=2)
    with working(SYSTEM) as work:
        due = timers.take_due(work, limit=10)
    for id in due:
        with working(SYSTEM) as work:
            timers.fire(work, id)
    with working(OTTO) as work:
        messages.correlate(work, "paid", correlation_key="A-1", variables={"amount": 7})
    with working(OTTO) as work:
        (job,) = jobs.list_(work, JobFilter(process_instance_id=topic.id)).items
    with working(OTTO) as work:
        jobs.complete(work, job.id, {"answer": "hello"})
    assert due
    for instance in (reminder, payment, topic):
        assert again(instance.id).steps > 1
        assert again(instance.id).difference is None


def test_scripts_and_decisions_are_not_asked_again(
    working: Working, begin: Begin, open_tasks: OpenTasks, deploy: Callable[..., Any], again: Replay
) -> None:
    deploy("tier.dmn")
    tier, scripted = begin("tier", amount=10), begin("scripted")
    with working(ANNA) as work:
        user_tasks.complete(work, open_tasks(scripted.id)[0].id, {"items": [{"amount": 40}, {"amount": 2}]})
    with working(SYSTEM) as work:
        other = (MODELS / "tier.dmn").read_bytes().replace(b'"small"', b'"tiny"')
        deployments.deploy(work, [File("tier.dmn", other)], name="x")
    for instance in (tier, scripted):
        assert again(instance.id).difference is None


def test_a_called_process_is_the_version_that_was_called(working: Working, again: Replay, open_tasks: OpenTasks) -> None:
    outer = bpmn("start s\nuser before\ncall c calledElement=inner\nend e\ns -> before -> c -> e", id="outer")
    first, second = (bpmn(f"start s\nuser {name}\nend e\ns -> {name} -> e", id="inner") for name in ("old", "new"))
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("outer.bpmn", outer), File("inner.bpmn", first)], name="x")
    with working(OTTO) as work:
        instance = process_instances.start(work, "outer", {})
    with working(OTTO) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("inner.bpmn", second)], name="x")
    assert again(instance.id) == Replayed(2, None)


@pytest.fixture
def half_done(working: Working, begin: Begin, open_tasks: OpenTasks) -> UUID:
    instance = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {"amount": 10})
    return instance.id


def test_a_state_changed_by_hand_is_found_out(working: Working, half_done: UUID, begin: Begin, again: Replay) -> None:
    with working(OTTO) as work:
        state = process_instances.get_with_state(work, half_done).state
    with working(SYSTEM) as work:
        work.write(update(process_instance).where(process_instance.c.id == half_done), {"state": state.replace(b":10", b":99")})
    found = again(half_done)
    assert found.difference is not None
    assert (found.steps, found.difference.version) == (2, 2)
    assert "state" in str(found.difference.sentence)


@pytest.mark.parametrize(
    ("version", "change"),
    [
        (1, {"command": {"initial": {"customer": "ACME", "amount": 5}, "trigger": None}}),
        (2, {"events": [{"type": "VariablesChanged", "token": 2, "element": "first", "values": {"amount": 99}}]}),
        (2, {"command": {"token": 77}}),
        (2, {"command": {"token": 2, "answers": [{"decided": 1}]}}),
        (2, {"verb": "fire", "command": {"token": 2, "subscription": 1}}),
        (2, {"command": None}),
    ],
)
def test_a_log_changed_by_hand_is_found_out(
    version: int, change: dict[str, Any], working: Working, half_done: UUID, again: Replay
) -> None:
    row = (history.c.process_instance_id == half_done) & (history.c.version == version)
    assert again(half_done).difference is None
    with working(SYSTEM) as work:
        work.write(update(history).where(row), change)
    assert again(half_done).difference is not None


def test_what_began_before_commands_were_logged_is_refused(working: Working, half_done: UUID, again: Replay) -> None:
    with working(SYSTEM) as work:
        work.write(update(history).values(command=None))
    with pytest.raises(NotReplayable):
        again(half_done)


def test_only_who_operates_replays(working: Working, half_done: UUID) -> None:
    for person in (ALICE, BOB):
        with pytest.raises(NotAllowed), working(person) as work:
            replay(work, half_done)
