"""A step fails, and before that is written down somebody has repaired its process instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine import process_instances, timers
from engine.facts.actor import SYSTEM
from engine.operating import incidents
from engine.store import Database, open_database
from engine.store import process_instances as stored
from engine.store.unit_of_work import UnitOfWork
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


@pytest.fixture
def database(postgres_url: str, clock: Clock) -> Iterator[Database]:
    """Where nothing is locked while a step is computed."""
    database = open_database(postgres_url, clock=clock)
    yield database
    database.close()


def test_a_timer_is_not_parked_for_a_failure_that_is_over(
    working: Working, begin: Begin, open_tasks: OpenTasks, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = begin("broken-timer").id
    clock.forward(days=1)
    find_locked = stored.find_locked

    def repaired_just_before(work: UnitOfWork, instance: Any) -> Any:
        monkeypatch.undo()
        with working(SYSTEM) as another:
            process_instances.set_variables(another, id, {"answer": 1})
        return find_locked(work, instance)

    with working(SYSTEM) as work:
        (due,) = timers.take_due(work, limit=5)
    monkeypatch.setattr(stored, "find_locked", repaired_just_before)
    with working(SYSTEM) as work:
        timers.fire(work, due)
    assert [task.element for task in open_tasks(id)] == ["one"]
    with working(SYSTEM) as work:
        assert incidents.list_(work, process_instance_id=id).items == ()
