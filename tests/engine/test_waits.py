"""What process instances wait for beside people, and finding them by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import process_instances
from engine.facts.errors import NotAllowed
from engine.operating import waits
from engine.process_instances import ProcessInstanceFilter
from engine.store import process_instance_lists
from tests.engine.company import ALICE, OTTO
from tests.engine.conftest import Begin, Clock, Working


def test_timers_messages_and_jobs_are_told_the_next_timer_first(working: Working, begin: Begin) -> None:
    reminder, payment, topic = begin("reminder"), begin("payment", order="A-1"), begin("topic")
    with working(OTTO) as work:
        assert [timer.element for timer in waits.of_instance(work, reminder).timers] == ["soon", "late"]
        (message,) = waits.of_instance(work, payment).subscriptions
        assert (message.name, message.correlation_key) == ("paid", "A-1")
        (job,) = waits.of_instance(work, topic).jobs
        assert (job.element, job.status) == ("call", "open")


def test_only_who_operates_sees_them(working: Working, begin: Begin) -> None:
    reminder = begin("reminder")
    with pytest.raises(NotAllowed), working(ALICE) as work:
        waits.of_instance(work, reminder)


@pytest.mark.parametrize(("key", "element"), [("reminder", "work"), ("reminder", "late"), ("payment", "paid"), ("topic", "call")])
def test_an_instance_is_found_by_what_is_open_in_it(key: str, element: str, working: Working, begin: Begin) -> None:
    found = begin(key, order="A-1")
    begin("two-steps")
    with working(OTTO) as work:
        assert [item.id for item in process_instances.list_(work, ProcessInstanceFilter(element=element)).items] == [found.id]
        assert process_instances.list_(work, ProcessInstanceFilter(element="start")).items == ()


def test_instances_are_found_by_when_they_started(working: Working, begin: Begin, clock: Clock) -> None:
    first = begin("review")
    clock.forward(days=2)
    second = begin("review")

    def found(**filter: Any) -> set[Any]:
        with working(OTTO) as work:
            return {item.id for item in process_instances.list_(work, ProcessInstanceFilter(**filter)).items}

    noon = clock.now - timedelta(days=1)
    assert found(started_from=noon) == {second.id}
    assert found(started_before=noon) == {first.id}
    assert found(started_from=first.started_at, started_before=second.started_at) == {first.id}


def test_instances_are_counted_by_status_of_those_one_may_see(working: Working, begin: Begin) -> None:
    first, _ = begin("review"), begin("two-steps")
    with working(OTTO) as work:
        process_instances.suspend(work, first.id, "A reason.")
    with working(OTTO) as work:
        assert process_instances.counts(work, ProcessInstanceFilter()) == {"running": 1, "suspended": 1}
        assert process_instances.counts(work, ProcessInstanceFilter(key="review")) == {"suspended": 1}
        assert process_instances.history(work, first)[-1].events[-1] == {"type": "Explained", "why": "A reason."}


def test_counting_ends_somewhere(working: Working, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_instance_lists, "MAX_COUNT", 1)
    begin("review"), begin("review")
    with working(OTTO) as work:
        assert process_instances.counts(work, ProcessInstanceFilter()) == {"running": 1}


def test_a_rehearsal_keeps_nothing(working: Working, begin: Begin) -> None:
    begin("review")
    with working(ALICE) as work:
        work.rehearse()
        rehearsed = process_instances.start(work, "review", {})
        assert process_instances.get(work, rehearsed.id).status == "running"
    with working(OTTO) as work:
        assert process_instances.counts(work, ProcessInstanceFilter()) == {"running": 1}
