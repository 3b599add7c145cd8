"""SpiffWorkflow's documented way of driving a workflow, over live tokens: get_next_task, task.run, do_engine_steps, cancel.

Its task tree is shown flat: a root with the live tokens of the scope, each with the root of its inner scope below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.event import Event
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.expressions import Environment, compile_expression


class Driven(Protocol):
    """What hosts drive: the process instance."""

    live: Mapping[int, Any]
    environment: Environment

    def run(self) -> None:
        """Steps until every path waits."""

    def cancel_all(self) -> None:
        """Ends it at once."""


_ROOT_SPEC = TaskSpec(WorkflowSpec("root"), "Root")


class Root:
    """Stands where SpiffWorkflow expects the root task of a workflow."""

    id = 0
    state = _state = TaskState.STARTED
    data: dict[str, Any] = {}  # noqa: RUF012 - SpiffWorkflow reads it and nobody writes
    last_state_change = 0
    parent = None
    thread_id = 0
    task_spec = _ROOT_SPEC
    has_state = Task.has_state
    __iter__ = Task.__iter__
    get_dump = Task.get_dump
    dump = Task.dump

    def __init__(self, scope: Any) -> None:
        self.workflow = scope

    @property
    def _children(self) -> list[int]:
        return list(self.workflow.tasks)

    @property
    def children(self) -> list[Any]:
        return list(self.workflow.tasks.values())


class SpiffHostLoop:
    """What is called of the process instance and its scopes in place of SpiffWorkflow's own methods; `top` is a Driven."""

    spec: Any
    completed: bool
    success: bool
    tasks: dict[int, Any]

    def begin_workflow(self, process_spec: Any) -> None:
        """What Workflow.__init__ does, without what nobody has asked for yet; a test compares the attributes."""
        self.spec = process_spec
        self.tokens: dict[int, Any] = {}
        self.tasks = self.tokens
        self.completed = False
        self.success = True

    last_task = None
    data = cached_property[dict[str, Any]](lambda self: {})
    locks = cached_property[dict[str, Any]](lambda self: {})
    completed_event = cached_property[Event](lambda self: Event())
    task_removed_event = cached_property[Event](lambda self: Event())

    @property
    def top(self) -> Any:
        raise NotImplementedError

    @property
    def script_engine(self) -> FeelScriptEngine:
        return FeelScriptEngine(self.top)

    def token_completed(self, token: Any) -> None:
        """A token of this workflow has completed."""
        raise NotImplementedError

    def _task_completed_notify(self, token: Any) -> None:
        self.token_completed(token)

    @property
    def task_tree(self) -> Root:
        return Root(self)

    @property
    def top_workflow(self) -> Any:
        return self.top

    def get_task_from_id(self, task_id: int) -> Any:
        return self.top.live.get(task_id)

    def do_engine_steps(
        self, will_complete_task: Callable[[Any], None] | None = None, did_complete_task: Callable[[Any], None] | None = None
    ) -> None:
        """Runs until every path waits; the two callbacks of SpiffWorkflow are not called, the events tell more."""
        self.top.run()

    def refresh_timers(self) -> None:
        """Timers are fired from outside, one by one: there is nothing to refresh."""

    def update_waiting_tasks(self) -> None:
        """Nothing waits that an event does not wake."""

    def run_all(self, use_last_task: bool = True, halt_on_manual: bool = True) -> None:
        self.top.run()

    def is_completed(self) -> bool:
        return self.completed

    def cancel(self, success: bool = False, workflow: Any = None) -> list[Any]:
        live = list(self.top.live.values())
        self.top.cancel_all()
        return live


class FeelScriptEngine:
    """What SpiffWorkflow calls the script engine: evaluates FEEL over the variables of a token, and runs no scripts."""

    def __init__(self, instance: Driven) -> None:
        self._instance = instance

    def evaluate(self, task: Any, expression: str, external_context: dict[str, Any] | None = None) -> Any:
        return compile_expression(expression).evaluate(task.variables, self._instance.environment, external_context or {})
