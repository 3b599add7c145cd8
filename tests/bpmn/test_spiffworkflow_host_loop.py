"""SpiffWorkflow's documented way of driving a workflow works on ours."""

from typing import Any

import pytest
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import start
from tests.bpmn.cases import NOON, Surroundings, model_of

LINES = """
    start s
    user a
    and f
    user b
    sub x {
        start t
        user c
        t -> c
    }
    and j
    end e
    s -> a -> f -> b -> j
    f -> x -> j -> e
    """


def workflow_of(lines: str = LINES, variables: dict[str, Any] | None = None) -> Any:
    """Untyped, as hosts written for the library see it."""
    model = model_of(lines)
    return start(model, "p", "main", variables or {}, now=NOON, host=Surroundings(main=model)).workflow


def test_a_host_loop_runs_to_the_end() -> None:
    workflow = workflow_of()
    done = []
    while not workflow.is_completed():
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        done.append(task.task_spec.name)
        task.data[f"{task.task_spec.name}_done"] = True
        task.run()
        workflow.do_engine_steps()
    assert done == ["a", "b", "c"]
    assert workflow.is_completed()
    assert workflow.variables == {"a_done": True, "b_done": True, "c_done": True}


def test_it_is_a_workflow_of_the_library_whose_tasks_can_be_listed() -> None:
    workflow = workflow_of()
    assert isinstance(workflow, BpmnWorkflow)
    assert [task.task_spec.bpmn_id for task in workflow.get_tasks(state=TaskState.READY, manual=True)] == ["a"]
    assert workflow.get_task_from_id(2).task_spec.name == "a"
    assert workflow.get_task_from_id(99) is None


def test_tasks_of_sub_processes_are_found_too() -> None:
    workflow = workflow_of()
    workflow.get_next_task(state=TaskState.READY, manual=True).run()
    workflow.do_engine_steps()
    names = [task.task_spec.name for task in workflow.get_tasks(state=TaskState.READY, manual=True)]
    assert sorted(names) == ["b", "c"]


def test_waiting_events_are_in_the_state_waiting() -> None:
    workflow = workflow_of("start s\ncatch m message=x\nend e\ns -> m -> e")
    assert [task.task_spec.name for task in workflow.get_tasks(state=TaskState.WAITING)] == ["m"]
    workflow.refresh_timers()
    workflow.update_waiting_tasks()
    assert not workflow.is_completed()


def test_cancel_ends_the_workflow() -> None:
    workflow = workflow_of()
    assert [task.task_spec.name for task in workflow.cancel()] == ["a"]
    assert workflow.is_completed()
    assert not workflow.success


def test_the_script_engine_evaluates_feel() -> None:
    workflow = workflow_of(variables={"n": 2})
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    assert workflow.script_engine.evaluate(task, "n + 0.1") == 2.1


def test_the_tree_can_be_dumped(capsys: pytest.CaptureFixture[str]) -> None:
    workflow_of().dump()
    assert "Task of a" in capsys.readouterr().out
