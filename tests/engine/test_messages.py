"""Messages and signals: each reaches whom it should, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.facts.errors import Invalid, NotAllowed
from engine.messaging import messages, signals
from engine.messaging import thrown as deliveries
from engine.operating import incidents
from engine.process_instances import ProcessInstance, ProcessInstanceFilter
from tests.engine.company import ALICE, OTTO
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


def deliver_all(working: Working) -> int:
    """As a worker does."""
    for count in range(100):
        with working(SYSTEM) as work:
            if not deliveries.deliver_next(work):
                return count
    raise AssertionError("Deliveries do not come to an end.")


def correlate(working: Working, name: str, **more: Any) -> messages.Correlated:
    with working(SYSTEM) as work:
        return messages.correlate(work, name, **more)


def instances(working: Working, key: str) -> tuple[ProcessInstance, ...]:
    with working(SYSTEM) as work:
        return process_instances.list_(work, ProcessInstanceFilter(key=key)).items


def test_a_message_finds_the_instance_with_its_key(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    one, two = begin("payment", order="A1"), begin("payment", order="A2")
    correlated = correlate(working, "paid", correlation_key="A2", variables={"amount": 5})
    assert (correlated.result, correlated.process_instance_id) == ("delivered", two.id)
    assert [task.element for task in open_tasks(two.id)] == ["ship"]
    assert open_tasks(one.id) == []


def test_of_two_receivers_the_one_waiting_longest_gets_it(working: Working, begin: Begin, clock: Clock) -> None:
    first = begin("payment", order="A1")
    clock.forward(seconds=1)
    second = begin("payment", order="A1")
    got = [correlate(working, "paid", correlation_key="A1").process_instance_id for _ in range(2)]
    assert got == [first.id, second.id]
    assert correlate(working, "paid", correlation_key="A1").result == "buffered"


def test_a_business_key_finds_the_instance_without_a_correlation_key(working: Working, deploy: Callable[..., Any]) -> None:
    deploy("payment.bpmn")
    with working(ALICE) as work:
        process_instances.start(work, "payment", {"order": "A1"}, business_key="B1")
    with working(ALICE) as work:
        known = process_instances.start(work, "payment", {"order": "A2"}, business_key="B2")
    assert correlate(working, "paid", business_key="B2").process_instance_id == known.id
    assert correlate(working, "paid").result == "buffered"


def test_a_message_nobody_waits_for_is_kept_until_somebody_does(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    assert correlate(working, "paid", correlation_key="A1").result == "buffered"
    other, waiting = begin("payment", order="A9"), begin("payment", order="A1")
    assert deliver_all(working) == 2
    assert [task.element for task in open_tasks(waiting.id)] == ["ship"]
    assert open_tasks(other.id) == []
    begin("payment", order="A1")
    assert deliver_all(working) == 0


def test_a_kept_message_expires(working: Working, begin: Begin, clock: Clock) -> None:
    correlate(working, "paid", correlation_key="A1", time_to_live=timedelta(minutes=10))
    clock.forward(minutes=11)
    begin("payment", order="A1")
    assert deliver_all(working) == 0


def test_a_message_starts_a_process(working: Working, deploy: Callable[..., Any], open_tasks: OpenTasks) -> None:
    deploy("order.bpmn")
    correlated = correlate(working, "ordered", variables={"order": "A1"}, business_key="B7")
    assert correlated.result == "started"
    (instance,) = instances(working, "order")
    assert (instance.id, instance.business_key) == (correlated.process_instance_id, "B7")


def test_a_thrown_message_reaches_another_instance(
    working: Working, begin: Begin, deploy: Callable[..., Any], open_tasks: OpenTasks
) -> None:
    waiting = begin("payment", order="A1")
    deploy("order.bpmn")
    correlate(working, "ordered", variables={"order": "A1"})
    assert deliver_all(working) == 1
    assert [task.element for task in open_tasks(waiting.id)] == ["ship"]


def test_the_same_event_id_is_applied_once_and_gets_the_same_answer(working: Working, begin: Begin) -> None:
    instance = begin("payment", order="A1")
    begin("payment", order="A1")
    first = correlate(working, "paid", correlation_key="A1", event_id="shop:1")
    again = correlate(working, "paid", correlation_key="A1", event_id="shop:1")
    assert (first.process_instance_id, first.is_repeated) == (instance.id, False)
    assert (again.process_instance_id, again.result, again.is_repeated) == (instance.id, "delivered", True)
    assert correlate(working, "paid", correlation_key="A1", event_id="shop:2").result == "delivered"


def test_a_suspended_instance_gets_its_message_after_it_is_resumed(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("payment", order="A1")
    with working(SYSTEM) as work:
        process_instances.suspend(work, instance.id)
    assert correlate(working, "paid", correlation_key="A1").result == "buffered"
    assert deliver_all(working) == 0
    with working(SYSTEM) as work:
        process_instances.resume(work, instance.id)
    assert deliver_all(working) == 2
    assert len(open_tasks(instance.id)) == 1


def test_a_signal_reaches_everybody_who_listens(
    working: Working, begin: Begin, deploy: Callable[..., Any], open_tasks: OpenTasks
) -> None:
    listening = [begin("alarm"), begin("alarm")]
    deploy("alarmed.bpmn")
    with working(SYSTEM) as work:
        assert signals.throw(work, "alarm", {"floor": 3}) == 3
    assert deliver_all(working) == 3
    for instance in listening:
        assert [task.element for task in open_tasks(instance.id)] == ["leave"]
    assert len(instances(working, "alarmed")) == 1


def test_a_thrown_signal_reaches_other_instances(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    listening = begin("alarm")
    assert begin("ring").status == "ended"
    assert deliver_all(working) == 2
    assert [task.element for task in open_tasks(listening.id)] == ["leave"]


def test_a_signal_with_a_known_event_id_reaches_nobody(working: Working, begin: Begin) -> None:
    begin("alarm")
    for expected in (1, 0):
        with working(SYSTEM) as work:
            assert signals.throw(work, "alarm", event_id="e1") == expected


def test_a_receiver_that_cannot_go_on_has_an_incident_and_holds_up_nobody(
    working: Working, begin: Begin, deploy: Callable[..., Any], open_tasks: OpenTasks
) -> None:
    broken = begin("broken-signal", answer=3)
    healthy = begin("alarm")
    with working(SYSTEM) as work:
        signals.throw(work, "alarm")
    assert deliver_all(working) == 2
    assert [task.element for task in open_tasks(healthy.id)] == ["leave"]
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=broken.id).items
        process_instances.set_variables(work, broken.id, {"answer": 1})
    with working(SYSTEM) as work:
        incidents.retry(work, incident.id)
    assert deliver_all(working) == 1
    assert [task.element for task in open_tasks(broken.id)] == ["one"]


def test_messages_are_for_who_operates(working: Working) -> None:
    with pytest.raises(NotAllowed), working(ALICE) as work:
        messages.correlate(work, "paid")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        signals.throw(work, "alarm")
    with pytest.raises(Invalid), working(SYSTEM) as work:
        messages.correlate(work, "")


@pytest.mark.parametrize("first", ["order", "payment"])
def test_the_second_of_two_messages_that_start_together_reaches_the_instance_of_the_first(
    working: Working, deploy: Callable[..., Any], open_tasks: OpenTasks, first: str
) -> None:
    deploy("gathered.bpmn")
    second = {"order": "payment", "payment": "order"}[first]
    ids: dict[str, UUID] = {}
    for number in ("A-1", "A-2"):
        with working(OTTO) as work:
            started = messages.correlate(work, first, correlation_key=number, variables={"orderNo": number})
        assert started.result == "started"
        assert started.process_instance_id is not None
        ids[number] = started.process_instance_id
    with working(OTTO) as work:
        delivered = messages.correlate(work, second, correlation_key="A-2", variables={"amount": 5})
    assert (delivered.result, delivered.process_instance_id) == ("delivered", ids["A-2"])
    assert [task.element for task in open_tasks(ids["A-2"])] == ["deliver"]
    assert open_tasks(ids["A-1"]) == []


def test_who_throws_a_signal_has_its_share_then_and_not_again(
    working: Working, begin: Begin, open_tasks: OpenTasks, clock: Clock
) -> None:
    """Its event sub-process hears it once; what begins to wait after the signal does not hear it at all."""
    thrower = begin("echo")
    clock.forward(seconds=1)
    other = begin("alarm")
    assert [task.element for task in open_tasks(thrower.id)] == ["note"]
    deliver_all(working)
    assert [task.element for task in open_tasks(thrower.id)] == ["note"]
    assert process_instance_of(working, thrower.id).status == "running"
    assert [task.element for task in open_tasks(other.id)] == ["guard"]


def process_instance_of(working: Working, id: UUID) -> ProcessInstance:
    with working(SYSTEM) as work:
        return process_instances.get(work, id)


def test_a_message_for_a_suspended_instance_waits_for_it_and_starts_nothing(
    working: Working, deploy: Callable[..., Any], open_tasks: OpenTasks, clock: Clock
) -> None:
    deploy("letter.bpmn")
    letter = {"correlation_key": "ann", "variables": {"sender": "ann"}}
    first = correlate(working, "letter", **letter).process_instance_id
    assert first is not None
    with working(OTTO) as work:
        process_instances.suspend(work, first)
    assert correlate(working, "letter", **letter).result == "buffered"
    assert correlate(working, "letter", correlation_key="bob", variables={"sender": "bob"}).result == "started"
    clock.forward(days=3)
    deliver_all(working)
    with working(OTTO) as work:
        process_instances.resume(work, first)
    deliver_all(working)
    assert [task.element for task in open_tasks(first)] == ["read"]
