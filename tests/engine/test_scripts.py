"""Scripts of script tasks, on the way of a person's step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.facts.errors import StepRefused
from engine.operating import incidents
from engine.people import user_tasks
from engine.steps import host
from tests.engine.company import ANNA, OTTO
from tests.engine.conftest import Begin, OpenTasks, Working
from tests.engine.reading import variables_of


def test_a_script_computes_on_the_way(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("scripted")
    (task,) = open_tasks(instance.id)
    with working(ANNA) as work:
        user_tasks.complete(work, task.id, {"items": [{"amount": 40}, {"amount": 2}]})
    with working(OTTO) as work:
        assert variables_of(work, instance.id)["total"] == 42


@pytest.mark.parametrize(
    ("items", "why"), [(None, "did not end within"), ("none", r"items.reduce is not a function \(line 1\)"), ([1], "NaN")]
)
def test_a_script_that_fails_is_an_incident_and_leaves_the_step_undone(
    working: Working, begin: Begin, open_tasks: OpenTasks, items: object, why: str
) -> None:
    instance, other = begin("scripted"), begin("scripted")
    (task,) = open_tasks(instance.id)
    with pytest.raises(StepRefused, match=why), working(ANNA) as work:
        user_tasks.complete(work, task.id, {"items": items})
    with working(OTTO) as work:
        assert [(each.element, each.process_instance_id) for each in incidents.list_(work).items] == [("reckon", instance.id)]
    assert [each.id for each in open_tasks(instance.id)] == [task.id]
    (task,) = open_tasks(other.id)
    with working(ANNA) as work:
        assert user_tasks.complete(work, task.id, {"items": []}).status == "running"


def test_a_loop_of_scripts_is_stopped_by_the_time_they_need_together(
    working: Working, deploy: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host, "SCRIPT_SECONDS", 0.05)
    deploy("grinding.bpmn")
    with pytest.raises(StepRefused, match=r"need more than 0\.05 s of computing together"), working(OTTO) as work:
        process_instances.start(work, "grinding", {})
