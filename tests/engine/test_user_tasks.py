"""The work of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances, user_tasks
from engine.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    ProcessInstanceEnded,
    ProcessInstanceSuspended,
    UserTaskAlreadyClaimed,
    UserTaskAlreadyClosed,
    UserTaskAlreadyCompleted,
    VariablesRefused,
)
from engine.user_tasks import UserTask, UserTaskFilter
from tests.engine.company import ALICE, ANNA, BOB, MALLORY, OTTO
from tests.engine.conftest import Working


@pytest.fixture
def start(working: Working, deploy: Callable[..., Any]) -> Callable[..., UserTask]:
    """Deploys and starts a process as alice, and gives its first open task."""

    def started(key: str, **variables: Any) -> UserTask:
        deploy(f"{key}.bpmn")
        with working(ALICE) as work:
            instance = process_instances.start(work, key, variables)
        return open_tasks(working, instance.id)[0]

    return started


def open_tasks(working: Working, process_instance_id: Any) -> list[UserTask]:
    with working(OTTO) as work:
        page = user_tasks.list_(work, UserTaskFilter(process_instance_id=process_instance_id))
        return [user_tasks.get(work, item.id) for item in reversed(page.items)]


def test_a_candidate_completes_and_the_process_goes_on(working: Working, start: Callable[..., UserTask]) -> None:
    task = start("two-steps", customer="ACME")
    assert (task.name, task.name_en, task.assignee, task.candidates) == ("First step", "First", None, ["role:staff"])
    with working(ANNA) as work:
        done = user_tasks.complete(work, task.id, {"answer": 42}, comment="Fine.")
    assert done.status == "running"
    (second,) = open_tasks(working, task.process_instance_id)
    assert (second.element, second.assignee) == ("second", "anna")
    with working(ANNA) as work:
        assert user_tasks.variables(work, second.id) == {"customer": "ACME", "answer": 42}
        assert user_tasks.complete(work, second.id, {}).status == "ended"
    with working(ANNA) as work:
        first = user_tasks.get(work, task.id)
        assert (first.status, first.completed_by, first.comment) == ("completed", "anna", "Fine.")
        assert process_instances.get(work, task.process_instance_id).outcome == "completed"


def test_completing_a_task_twice_is_refused_with_who_and_when(working: Working, start: Callable[..., UserTask]) -> None:
    task = start("two-steps", customer="ACME")
    with working(ANNA) as work:
        user_tasks.complete(work, task.id, {})
    with pytest.raises(UserTaskAlreadyCompleted, match=r"anna completed it at 2026-11-20T01:00:00"), working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
