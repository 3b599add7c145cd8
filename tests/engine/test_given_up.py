"""What fails and is not tried again by itself is seen by somebody, and comes back when that person says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.causes import MOST_ATTEMPTS
from engine.facts.errors import NotAllowed
from engine.facts.ids import new_id
from engine.messaging import messages, signals
from engine.messaging import thrown as deliveries
from engine.operating import given_up, incidents
from engine.store import subscriptions
from engine.store.incidents import Incident
from tests.engine.company import ALICE
from tests.engine.conftest import Clock, Working

#: Its start event begins nothing: no sequence flow fits.
FAILING = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <signal id="bell" name="bell"/><message id="call" name="call"/>
  <process id="failing" name="Failing" isExecutable="true">
    <startEvent id="start">{event}</startEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="which"/>
    <exclusiveGateway id="which"/>
    <sequenceFlow id="f2" sourceRef="which" targetRef="end">
      <conditionExpression>=go = true</conditionExpression>
    </sequenceFlow>
    <endEvent id="end"/>
  </process>
</definitions>"""
DAILY = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"
ON_SIGNAL = '<signalEventDefinition signalRef="bell"/>'
ON_MESSAGE = '<messageEventDefinition messageRef="call"/>'
#: Throws the same message twice.
CALLER = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <message id="call" name="call"/>
  <process id="calling" name="Calling" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
    <intermediateThrowEvent id="one"><messageEventDefinition messageRef="call"/></intermediateThrowEvent>
    <sequenceFlow id="f2" sourceRef="one" targetRef="two"/>
    <intermediateThrowEvent id="two"><messageEventDefinition messageRef="call"/></intermediateThrowEvent>
    <sequenceFlow id="f3" sourceRef="two" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>"""

Deploy = Callable[[str], None]


@pytest.fixture
def deploy_text(working: Working) -> Deploy:
    def deployed(text: str) -> None:
        with working(SYSTEM) as work:
            deployments.deploy(work, [File("model.bpmn", text.encode())], name="x")

    return deployed


def deliver_all(working: Working) -> None:
    more = True
    while more:
        with working(SYSTEM) as work:
            more = deliveries.deliver_next(work)


def counts(working: Working) -> dict[str, int]:
    with working(SYSTEM) as work:
        return {str(kind): count for kind, count in given_up.counts(work).items()}


def open_incidents(working: Working) -> tuple[Incident, ...]:
    with working(SYSTEM) as work:
        return incidents.list_(work).items


def test_a_signal_from_outside_that_begins_nothing(working: Working, deploy_text: Deploy) -> None:
    deploy_text(FAILING.format(event=ON_SIGNAL))
    with working(SYSTEM) as work:
        assert signals.throw(work, "bell") == 1
    deliver_all(working)
    with working(SYSTEM) as work:
        (found,) = given_up.list_(work)
    assert (found.kind, "which" in str(found.why)) == ("message", True)
    assert (found.key, found.event, found.process_instance_id) == ("failing", "bell", None)
    with working(SYSTEM) as work:
        assert given_up.retry(work) == 1
    assert counts(working) == {"process": 0, "timer": 0, "message": 0}
    deliver_all(working)
    assert counts(working) == {"process": 0, "timer": 0, "message": 1}


def test_a_timer_of_a_start_event_that_begins_nothing(working: Working, clock: Clock, deploy_text: Deploy) -> None:
    deploy_text(FAILING.format(event=DAILY))
    clock.forward(days=1)
    with working(SYSTEM) as work:
        due = timers.take_due(work, limit=10)
    for id in due:
        with working(SYSTEM) as work:
            timers.fire(work, id)
    assert counts(working) == {"process": 0, "timer": 1, "message": 0}
    with working(SYSTEM) as work:
        (row,) = given_up.list_(work)
        assert (row.kind, row.key) == ("timer", "failing")
        assert given_up.retry_one(work, row.id)
        assert not given_up.list_(work)
        assert not given_up.retry_one(work, row.id)
    assert counts(working) == {"process": 0, "timer": 0, "message": 0}


def test_what_an_incident_stands_for_is_not_listed_twice(working: Working, deploy_text: Deploy) -> None:
    deploy_text(FAILING.format(event=ON_MESSAGE))
    deploy_text(CALLER)
    with working(ALICE) as work:
        process_instances.start(work, "calling", {})
    deliver_all(working)
    assert counts(working) == {"process": 0, "timer": 0, "message": 0}
    assert len(open_incidents(working)) == 2


def test_two_messages_that_failed_both_come_back(working: Working, deploy_text: Deploy) -> None:
    deploy_text(FAILING.format(event=ON_MESSAGE))
    deploy_text(CALLER)
    with working(ALICE) as work:
        process_instances.start(work, "calling", {})
    deliver_all(working)
    deploy_text(FAILING.format(event=ON_MESSAGE).replace("=go = true", "=true"))
    for incident in open_incidents(working):
        with working(SYSTEM) as work:
            incidents.retry(work, incident.id)
    deliver_all(working)
    assert open_incidents(working) == ()
    with working(SYSTEM) as work:
        begun = process_instances.list_(work, process_instances.ProcessInstanceFilter(key="failing")).items
    assert [each.status for each in begun] == ["ended", "ended"]


def test_what_nobody_foresaw_is_tried_again_until_somebody_has_to_look(
    working: Working, clock: Clock, deploy_text: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_text(FAILING.format(event=ON_SIGNAL))
    with working(SYSTEM) as work:
        signals.throw(work, "bell")

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(subscriptions, "find", broken)
    for _ in range(MOST_ATTEMPTS):
        assert counts(working)["message"] == 0
        with pytest.raises(ZeroDivisionError), working(SYSTEM) as work:
            deliveries.deliver_next(work)
        with working(SYSTEM) as work:
            assert not deliveries.deliver_next(work)
        clock.forward(minutes=20)
    assert counts(working)["message"] == 1


def test_a_kept_message_is_not_given_up(working: Working) -> None:
    with working(SYSTEM) as work:
        assert messages.correlate(work, "paid").result == "buffered"
    assert counts(working) == {"process": 0, "timer": 0, "message": 0}


def test_it_is_for_who_operates(working: Working) -> None:
    one = lambda work: given_up.retry_one(work, new_id(work.now))  # noqa: E731
    for verb in (given_up.list_, given_up.counts, given_up.retry, one):
        with pytest.raises(NotAllowed), working(ALICE) as work:
            verb(work)
