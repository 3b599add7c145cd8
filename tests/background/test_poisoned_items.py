"""One item that can never be done keeps no other from being done, and ends where somebody sees it, with its real cause."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.causes import MOST_ATTEMPTS
from engine.facts.errors import ValueNotKept
from engine.facts.sentences import verbatim
from engine.messaging import messages, signals
from engine.operating import given_up, incidents
from engine.store import recording
from engine.store.unit_of_work import UnitOfWork
from service.background import deliver_messages, fire_due_timers, prune, run_jobs
from service.parts import Parts
from service.store import sessions
from tests.background.conftest import Clock, Recorder

Start = Callable[..., UUID]

#: Waits for what the step does, then for a message.
THEN_WAITS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <message id="letter" name="letter" liuzhuan:correlationKey="=key"/>
  <message id="hello" name="hello"/>
  <process id="{id}" name="{id}" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="step"/>{step}
    <sequenceFlow id="f2" sourceRef="step" targetRef="wait"/>
    <receiveTask id="wait" messageRef="letter"/>
    <sequenceFlow id="f3" sourceRef="wait" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""
TIMER = """<intermediateCatchEvent id="step"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
</intermediateCatchEvent>"""
MESSAGE = '<intermediateCatchEvent id="step"><messageEventDefinition messageRef="hello"/></intermediateCatchEvent>'
JOB = """<serviceTask id="step"><extensionElements><liuzhuan:connector name="http" retries="2">
    <liuzhuan:input name="url" value="https://example.com"/></liuzhuan:connector></extensionElements></serviceTask>"""
STARTS_BY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <signal id="bell" name="bell"/>
  <process id="{id}" name="{id}" isExecutable="true"><startEvent id="start">{event}</startEvent>
    <sequenceFlow id="f" sourceRef="start" targetRef="end"/><endEvent id="end"/></process>
</definitions>"""
DAILY = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"

#: Each worse for an index than the one before.
KEYS = {
    "long": "x" * 900_000,
    "letters": "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=20_000)),
    "Chinese": "".join(chr(random.Random(n).randrange(0x4E00, 0x9FFF)) for n in range(1_200)),
}


@pytest.fixture
def start(parts: Parts) -> Start:
    """start("waiting", TIMER, key=…) deploys and starts it."""

    def started(id: str, step: str, **variables: Any) -> UUID:
        with parts.begin(SYSTEM) as work:
            deployments.deploy(work, [File(f"{id}.bpmn", THEN_WAITS.format(id=id, step=step).encode())], name="x")
        with parts.begin(SYSTEM) as work:
            return process_instances.start(work, id, variables).id

    return started


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[UUID, Exception], None]]:
    """poison(id, fault): no step of this process instance can be recorded."""
    poisoned: dict[UUID, Exception] = {}
    record = recording.record

    def recorded(work: UnitOfWork, step: Any) -> bool:
        if step.instance.id in poisoned:
            raise poisoned[step.instance.id]
        return record(work, step)

    monkeypatch.setattr(recording, "record", recorded)
    yield poisoned.__setitem__
    monkeypatch.undo()


def causes(parts: Parts) -> dict[UUID, str]:
    with parts.begin(SYSTEM) as work:
        return {each.process_instance_id: str(each.cause) for each in incidents.list_(work).items}


@pytest.mark.parametrize("key", KEYS)
def test_a_correlation_key_of_any_length_finds_its_receiver(parts: Parts, clock: Clock, start: Start, key: str) -> None:
    id = start("waiting", TIMER, key=KEYS[key])
    other = start("waiting", TIMER, key=KEYS[key] + "!")
    clock.move(hours=1)
    assert fire_due_timers.run_once(parts) == 2
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter", correlation_key=KEYS[key]).process_instance_id == id
    with parts.begin(SYSTEM) as work:
        assert [process_instances.get(work, each).status for each in (id, other)] == ["ended", "running"]
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter", correlation_key=KEYS[key]).result == "buffered"
    late = start("late", TIMER, key=KEYS[key])
    clock.move(minutes=59)
    assert fire_due_timers.run_once(parts) == 0
    clock.move(minutes=1)
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter", correlation_key=KEYS[key]).result == "buffered"
    assert fire_due_timers.run_once(parts) == 1
    while deliver_messages.run_once(parts):
        pass
    with parts.begin(SYSTEM) as work:
        assert process_instances.get(work, late).status == "ended"


def test_of_many_timers_one_that_can_never_be_fired_holds_up_none(
    parts: Parts, clock: Clock, start: Start, poison: Callable[[UUID, Exception], None]
) -> None:
    bad = start("bad", TIMER, key="k")
    clock.move(seconds=1)
    good = [start("good", TIMER, key=f"k{n}") for n in range(5)]
    poison(bad, ValueNotKept(why=verbatim("it is longer than 255 characters.")))
    clock.move(hours=1)
    assert fire_due_timers.run_once(parts) == 6
    for n, id in enumerate(good):
        with parts.begin(SYSTEM) as work:
            assert messages.correlate(work, "letter", correlation_key=f"k{n}").process_instance_id == id
    assert causes(parts) == {bad: "A value cannot be kept: it is longer than 255 characters."}
    clock.move(hours=1)
    assert fire_due_timers.run_once(parts) == 0


def test_what_nobody_foresaw_is_an_incident_after_some_tries(
    parts: Parts, clock: Clock, start: Start, poison: Callable[[UUID, Exception], None]
) -> None:
    bad = start("bad", TIMER, key="k")
    poison(bad, ZeroDivisionError("seven by nothing"))
    clock.move(hours=1)
    tries = 0
    while not causes(parts):
        tries += fire_due_timers.run_once(parts)
        assert fire_due_timers.run_once(parts) == 0
        clock.move(minutes=20)
    assert tries == MOST_ATTEMPTS
    assert causes(parts) == {bad: "It failed unexpectedly: ZeroDivisionError: seven by nothing. The log says where."}


def test_once_the_cause_is_gone_the_retry_of_its_incident_fires_it(
    parts: Parts, clock: Clock, start: Start, monkeypatch: pytest.MonkeyPatch, poison: Callable[[UUID, Exception], None]
) -> None:
    bad = start("bad", TIMER, key="k")
    poison(bad, ValueNotKept(why=verbatim("it is too long.")))
    clock.move(hours=1)
    fire_due_timers.run_once(parts)
    monkeypatch.undo()
    with parts.begin(SYSTEM) as work:
        incidents.retry(work, incidents.list_(work).items[0].id)
    assert fire_due_timers.run_once(parts) == 1
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter", correlation_key="k").process_instance_id == bad


def test_a_message_that_can_never_be_delivered_holds_up_none(parts: Parts, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins nothing and has no thrower, so it is given up."""
    with parts.begin(SYSTEM) as work:
        for id in ("one", "two"):
            model = STARTS_BY.format(id=id, event='<signalEventDefinition signalRef="bell"/>')
            deployments.deploy(work, [File(f"{id}.bpmn", model.encode())], name="x")
    record_start = recording.record_start

    def recorded(work: UnitOfWork, step: Any) -> None:
        if step.instance.key == "one":
            raise ValueNotKept(why=verbatim("it is too long."))
        record_start(work, step)

    monkeypatch.setattr(recording, "record_start", recorded)
    with parts.begin(SYSTEM) as work:
        assert signals.throw(work, "bell") == 2
    while deliver_messages.run_once(parts):
        pass
    with parts.begin(SYSTEM) as work:
        assert [(each.kind, str(each.why)) for each in given_up.list_(work)] == [
            ("message", "A value cannot be kept: it is too long.")
        ]
        assert [each.key for each in process_instances.list_(work, process_instances.ProcessInstanceFilter()).items] == ["two"]


def test_a_start_that_can_never_be_made_is_given_up(parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, [File("daily.bpmn", STARTS_BY.format(id="daily", event=DAILY).encode())], name="x")

    def refused(work: UnitOfWork, step: Any) -> None:
        raise ValueNotKept(why=verbatim("it is too long."))

    monkeypatch.setattr(recording, "record_start", refused)
    clock.move(days=1)
    assert fire_due_timers.run_once(parts) == 1
    assert fire_due_timers.run_once(parts) == 0
    with parts.begin(SYSTEM) as work:
        assert [str(each.why) for each in given_up.list_(work)] == ["A value cannot be kept: it is too long."]


def test_a_job_whose_answer_cannot_be_written_down_is_not_done_again(
    parts: Parts, connector: Recorder, clock: Clock, start: Start, poison: Callable[[UUID, Exception], None]
) -> None:
    id = start("job", JOB, key="k")
    poison(id, ZeroDivisionError("seven by nothing"))
    for _ in range(4):
        run_jobs.run_once(parts)
        clock.move(hours=1)
    assert len(connector.calls) == 1
    assert causes(parts) == {id: "It failed unexpectedly: ZeroDivisionError: seven by nothing. The log says where."}


def test_what_cannot_be_removed_keeps_nothing_else_from_going(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with parts.begin(SYSTEM) as work:
        assert messages.correlate(work, "letter").result == "buffered"

    def broken(*_: Any, **__: Any) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(sessions, "remove_old", broken)
    clock.move(hours=2)
    assert prune.run_once(parts) == 1
