"""SpiffWorkflow's classes, with its hooks given the names of this room. A release of SpiffWorkflow changes this file only.

What is taken from it: the life of a task (ready, run, completed) with its hooks, the specs, the workflows and the way hosts drive
them. What is left aside: its tree of past and predicted tasks, its copies of variables, its scans for work, its evaluator.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

FUTURE: int = TaskState.FUTURE
WAITING: int = TaskState.WAITING
READY: int = TaskState.READY
STARTED: int = TaskState.STARTED


class SpiffToken(Task):
    """A task without history: it reads no clock and writes no log when its state changes."""

    def __init__(self, scope: Any, element: Any, parent: Any, id: int, state: int = FUTURE) -> None:
        super().__init__(scope, element, parent, state, id)

    def _set_state(self, value: int) -> None:
        self._state = value


class SpiffElement(BpmnSpecMixin):
    """A task spec whose hooks call arrive, schedule, enter and leave."""

    def __init__(self, process_spec: Any, id: str, **facts: Any) -> None:
        super().__init__(process_spec, id, **facts)

    def test(self) -> None:
        """Checked when the model was read."""

    def _update_hook(self, token: Any) -> bool:
        return self.arrive(token)

    def _on_ready_hook(self, token: Any) -> None:
        self.schedule(token)

    def _run_hook(self, token: Any) -> bool | None:
        return self.enter(token)

    def _on_complete_hook(self, token: Any) -> None:
        if token.is_live:
            self.leave(token)

    def arrive(self, token: Any) -> bool:
        """A token comes in; True: it may go on, False: it is kept back."""
        return True

    def schedule(self, token: Any) -> None:
        """The token may be run."""
        raise NotImplementedError

    def enter(self, token: Any) -> bool | None:
        """The element begins; True: it is done at once, None: it waits."""
        return True

    def leave(self, token: Any) -> None:
        """The element is done: the next tokens are made."""
        raise NotImplementedError


class SpiffProcessSpec(WorkflowSpec):
    """The specs of a process or of the inside of a sub-process. BpmnProcessSpec would claim the ids Start and End for itself."""

    def __init__(self, id: str, name: str) -> None:
        super().__init__(name=id)
        self.description = name
        self.data_objects: dict[str, Any] = {}
        self.data_stores: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.io_specification = None


class SpiffScope(BpmnBaseWorkflow):
    """The workflow of a sub-process or call."""

    def __init__(self, process_spec: SpiffProcessSpec) -> None:
        super().__init__(process_spec, deserializing=True)


class SpiffInstance(BpmnWorkflow):
    """The workflow of a process instance."""

    def __init__(self, process_spec: SpiffProcessSpec, script_engine: Any) -> None:
        super().__init__(process_spec, script_engine=script_engine, deserializing=True)
