"""Doing everything again that was asked: it leads where it led then, and a row that was changed by hand is found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update

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
from engine.store import history as log
from engine.store.history import Transition, history
from engine.store.jobs import JobFilter
from engine.store.process_instances import OWN_COLUMNS, process_instance
from tests.bpmn.writing import bpmn
from tests.engine.company import ALICE, ANNA, BOB, OTTO
from tests.engine.conftest import MODELS, Begin, Clock, OpenTasks, Working

Replay = Callable[[UUID], Replayed]

#: How the log keeps the start of the half-done case.
STARTED: dict[str, Any] = {"initiator": "alice", "department": "sales", "business_key": None, "trigger": None}


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
        (1, {"command": {**STARTED, "initial": {"customer": "ACME", "amount": 5}}}),
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


@pytest.mark.parametrize(
    ("version", "change"),
    [
        (2, {"element": "second"}),
        (2, {"verb": "dance"}),
        (2, {"command": {}}),
        (2, {"command": {"token": 2, "more": True}}),
        (2, {"command": [1]}),
        (2, {"events": ["x"]}),
        (1, {"command": {"initial": {}}}),
    ],
)
def test_a_log_that_says_something_else_is_found_out_with_a_sentence(
    version: int, change: dict[str, Any], working: Working, half_done: UUID, again: Replay
) -> None:
    row = (history.c.process_instance_id == half_done) & (history.c.version == version)
    with working(SYSTEM) as work:
        work.write(update(history).where(row), change)
    found = again(half_done)
    assert found.difference is not None
    assert found.difference.version == version


@pytest.mark.parametrize("text", ["{", "", "nonsense"])
def test_a_log_that_is_no_json_is_found_out_on_sqlite(text: str, working: Working, half_done: UUID, again: Replay) -> None:
    """PostgreSQL takes nothing else than JSON there."""
    with working(SYSTEM) as work:
        if work.database.is_postgresql:
            return
        work.begin()
        work.connection.exec_driver_sql("update history set events = ? where version = 2", (text,))
    assert again(half_done).difference is not None


@pytest.mark.parametrize("state", [b"", b"{", b"null"])
def test_a_state_that_cannot_be_read_is_found_out(state: bytes, working: Working, half_done: UUID, again: Replay) -> None:
    with working(SYSTEM) as work:
        work.write(update(process_instance).where(process_instance.c.id == half_done), {"state": state})
    assert again(half_done).difference is not None


OTHER: dict[str, Any] = {
    "key": "other",
    "business_key": "B-9",
    "title": "Another title",
    "status": "suspended",
    "outcome": "completed",
    "version": 3,
    "initiator": "bob",
    "initiator_department": "finance",
    "started_at": datetime(2020, 1, 1, tzinfo=UTC),
    "ended_at": datetime(2020, 1, 1, tzinfo=UTC),
    "steps_done": 7,
}


@pytest.mark.parametrize("column", sorted({column.name for column in OWN_COLUMNS} - {"id", "definition_id"}))
def test_what_lists_show_of_it_is_held_against_the_log(column: str, working: Working, half_done: UUID, again: Replay) -> None:
    with working(SYSTEM) as work:
        work.write(update(process_instance).where(process_instance.c.id == half_done), {column: OTHER[column]})
    found = again(half_done)
    assert found.difference is not None
    assert column in str(found.difference.sentence)


def test_a_change_that_was_added_or_taken_away_is_found_out(working: Working, half_done: UUID, again: Replay) -> None:
    with working(SYSTEM) as work:
        log.add(work, Transition(half_done, 3, work.now, "alice", "claim", "second", []))
    found = again(half_done)
    assert found.difference is not None
    assert "version" in str(found.difference.sentence)
    with working(SYSTEM) as work:
        work.write(delete(history).where(history.c.version == 2))
    found = again(half_done)
    assert found.difference is not None
    assert found.difference.version == 3


def test_an_answer_that_its_decision_did_not_give_is_found_out(
    working: Working, begin: Begin, deploy: Callable[..., Any], again: Replay
) -> None:
    deploy("tier.dmn")
    tier = begin("tier", amount=10)
    with working(SYSTEM) as work:
        (first,) = process_instances.history(work, tier)
        forged = [{**each, "decided": "large"} if "decided" in each else each for each in (first.command or {})["answers"]]
        work.write(update(history), {"command": {**(first.command or {}), "answers": forged}})
    found = again(tier.id)
    assert found.difference is not None
    assert "decision" in str(found.difference.sentence)


def test_what_began_before_commands_were_logged_is_refused(working: Working, half_done: UUID, again: Replay) -> None:
    with working(SYSTEM) as work:
        work.write(update(history).values(command=None))
    with pytest.raises(NotReplayable):
        again(half_done)


def test_only_who_operates_replays(working: Working, half_done: UUID) -> None:
    for person in (ALICE, BOB):
        with pytest.raises(NotAllowed), working(person) as work:
            replay(work, half_done)
