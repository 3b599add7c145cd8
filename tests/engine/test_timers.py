"""What becomes due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine import process_instances, timers
from engine.facts.actor import SYSTEM
from engine.facts.errors import NotAllowed
from engine.operating import incidents
from engine.people import user_tasks
from engine.process_instances import ProcessInstanceFilter
from engine.store import Database
from tests.engine.company import ALICE
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


def fire_due(working: Working) -> int:
    """As a worker does: claims, then fires each in a unit of work of its own."""
    with working(SYSTEM) as work:
        ids = timers.take_due(work, limit=50)
    fired = 0
    for id in ids:
        with working(SYSTEM) as work:
            fired += timers.fire(work, id) is not None
    return fired


def test_nothing_fires_before_it_is_due(working: Working, begin: Begin, clock: Clock) -> None:
    begin("reminder")
    clock.forward(hours=23)
    assert fire_due(working) == 0


def test_a_cycle_fires_each_time_and_a_deadline_once(working: Working, begin: Begin, clock: Clock, open_tasks: OpenTasks) -> None:
    instance = begin("reminder")
    elements = [["remind", "work"], ["remind", "remind", "work"], ["remind", "remind", "work"]]
    for expected in elements:
        clock.forward(days=1)
        fire_due(working)
        assert sorted(task.element for task in open_tasks(instance.id)) == expected
    clock.forward(days=2)
    assert fire_due(working) == 1
    assert sorted(task.element for task in open_tasks(instance.id)) == ["escalate", "remind", "remind"]
    assert fire_due(working) == 0


def test_a_timer_fires_once_however_often_it_is_asked(working: Working, begin: Begin, clock: Clock) -> None:
    instance = begin("reminder")
    clock.forward(days=1)
    with working(SYSTEM) as work:
        (id,) = timers.take_due(work, limit=50)
    with working(SYSTEM) as work:
        assert timers.fire(work, id) is not None
    with working(SYSTEM) as work:
        assert timers.fire(work, id) is None
        assert process_instances.get(work, instance.id).version == 2


def test_claimed_timers_are_left_to_their_worker_until_the_lease_ends(working: Working, begin: Begin, clock: Clock) -> None:
    begin("reminder")
    clock.forward(days=1)
    with working(SYSTEM) as work:
        claimed = timers.take_due(work, limit=50)
    with working(SYSTEM) as work:
        assert timers.take_due(work, limit=50) == []
    clock.forward(seconds=31)
    with working(SYSTEM) as work:
        assert timers.take_due(work, limit=50) == claimed


def test_a_timer_of_a_finished_task_is_gone(working: Working, begin: Begin, clock: Clock, open_tasks: OpenTasks) -> None:
    instance = begin("reminder")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {})
    clock.forward(days=30)
    assert fire_due(working) == 0


def test_timers_of_a_suspended_process_wait_until_it_is_resumed(working: Working, begin: Begin, clock: Clock) -> None:
    instance = begin("reminder")
    with working(SYSTEM) as work:
        process_instances.suspend(work, instance.id)
    clock.forward(days=1)
    assert fire_due(working) == 0
    with working(SYSTEM) as work:
        process_instances.resume(work, instance.id)
    assert fire_due(working) == 1


def test_a_timer_that_cannot_go_on_is_parked_and_holds_up_nobody(
    working: Working, begin: Begin, clock: Clock, open_tasks: OpenTasks
) -> None:
    broken, healthy = begin("broken-timer", answer=3), begin("reminder")
    clock.forward(days=1)
    assert fire_due(working) == 2
    assert len(open_tasks(healthy.id)) == 2
    assert fire_due(working) == 0
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=broken.id).items
        assert (incident.kind, incident.element, incident.count) == ("timer", "which", 1)
        incidents.retry(work, incident.id)
    fire_due(working)
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=broken.id).items
        process_instances.set_variables(work, broken.id, {"answer": 1})
    with working(SYSTEM) as work:
        incidents.retry(work, incident.id)
    assert fire_due(working) == 1
    assert [task.element for task in open_tasks(broken.id)] == ["one"]


def test_a_timer_start_event_starts_at_each_moment(working: Working, deploy: Callable[..., Any], clock: Clock) -> None:
    deploy("daily.bpmn")

    def started() -> int:
        with working(SYSTEM) as work:
            return len(process_instances.list_(work, ProcessInstanceFilter(key="daily")).items)

    fire_due(working)
    before = started()
    clock.forward(days=1)
    assert (fire_due(working), started()) == (1, before + 1)
    clock.forward(days=10)
    assert (fire_due(working), started()) == (1, before + 2)
    clock.forward(days=1)
    assert (fire_due(working), started()) == (1, before + 3)


def test_a_cron_text_starts_on_working_days_by_the_clock_of_the_company(
    working: Working, deploy: Callable[..., Any], clock: Clock, database: Database
) -> None:
    """The clock stands at 9:00 of Friday, 20 November, in Shanghai; that moment is over."""
    database.zone = ZoneInfo("Asia/Shanghai")
    deploy("mornings.bpmn")
    started = []
    for hours in (23, 48, 1, 24, 24 * 7):
        clock.forward(hours=hours)
        started.append(fire_due(working))
    assert started == [0, 0, 1, 1, 1]
    with working(SYSTEM) as work:
        assert timers.time_to_next(work) == timedelta(days=1)


def test_only_the_newest_version_starts_by_time(working: Working, deploy: Callable[..., Any], clock: Clock) -> None:
    first = deploy("daily.bpmn").definitions[0]
    fire_due(working)
    second = deploy("daily.bpmn", changed=True).definitions[0]
    assert (first.version, second.version) == (1, 2)
    clock.forward(days=1)
    assert fire_due(working) == 1
    with working(SYSTEM) as work:
        newest = process_instances.list_(work, ProcessInstanceFilter(definition_id=second.id)).items
    assert len(newest) == 1


def test_timers_are_for_who_operates(working: Working) -> None:
    with pytest.raises(NotAllowed), working(ALICE) as work:
        timers.take_due(work, limit=1)
