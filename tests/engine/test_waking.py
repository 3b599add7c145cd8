"""Workers are told of work by the commit that leaves it, and of nothing else."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.facts.actor import SYSTEM
from engine.messaging import messages
from engine.people import user_tasks
from engine.store import Database
from engine.store.waking import KINDS, listen
from tests.engine.company import ALICE
from tests.engine.conftest import Begin, OpenTasks, Working


@pytest.fixture
def heard(database: Database) -> Iterator[queue.Queue[Any]]:
    """What a worker hears from now on."""
    said: queue.Queue[Any] = queue.Queue()
    stopped = threading.Event()
    ear = threading.Thread(target=listen, args=(database, "", said.put, stopped))
    ear.start()
    assert said.get(timeout=10) == KINDS
    yield said
    stopped.set()
    ear.join()


def test_a_job_is_heard_of(heard: queue.Queue[Any], begin: Begin) -> None:
    begin("service", address="x")
    assert set(heard.get(timeout=10)) == {"jobs"}


def test_a_thrown_message_is_heard_of(heard: queue.Queue[Any], working: Working, deploy: Callable[..., Any]) -> None:
    deploy("order.bpmn")
    with working(SYSTEM) as work:
        messages.correlate(work, "ordered", variables={"order": "A1"})
    assert set(heard.get(timeout=10)) == {"messages"}


def test_user_tasks_and_timers_of_tomorrow_are_not_heard_of(
    heard: queue.Queue[Any], working: Working, begin: Begin, open_tasks: OpenTasks
) -> None:
    begin("alarm-clock")
    (task,) = open_tasks(begin("two-steps", customer="ACME").id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    begin("service", address="x")
    assert set(heard.get(timeout=10)) == {"jobs"}
    assert heard.empty()


def test_what_was_undone_is_not_heard_of(heard: queue.Queue[Any], working: Working, begin: Begin) -> None:
    with pytest.raises(ZeroDivisionError), working(SYSTEM) as work:
        work.wake("messages")
        raise ZeroDivisionError
    begin("service", address="x")
    assert set(heard.get(timeout=10)) == {"jobs"}
