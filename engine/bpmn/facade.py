"""SpiffWorkflow's documented way of driving a workflow, over live tokens: get_next_task, task.run, do_engine_steps, cancel.

Its task tree is shown flat: a root with the live tokens of the scope, each with the root of its inner scope below it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task

from engine.bpmn.expressions import compile_expression
from engine.bpmn.substrate import STARTED

if TYPE_CHECKING:
    from engine.bpmn.instance import Instance
    from engine.bpmn.tokens import Token

_ROOT_SPEC = TaskSpec(WorkflowSpec("root"), "Root")


class Root:
    """Stands where SpiffWorkflow expects the root task of a workflow."""

    id = 0
    state = _state = STARTED
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
    def children(self) -> list[Token]:
        return list(self.workflow.tasks.values())


class SpiffHostLoop:
    """Mixed into the process instance and its scopes, before SpiffWorkflow's own classes."""

    instance: Instance

    @property
    def task_tree(self) -> Root:
        return Root(self)

    @property
    def top_workflow(self) -> Instance:
        return self.instance

    def get_task_from_id(self, task_id: int) -> Token | None:
        return self.instance.live.get(task_id)

    def do_engine_steps(
        self, will_complete_task: Callable[[Any], None] | None = None, did_complete_task: Callable[[Any], None] | None = None
    ) -> None:
        """Runs until every path waits; the two callbacks of SpiffWorkflow are not called, the events tell more."""
        self.instance.run()

    def refresh_timers(self) -> None:
        """Timers are fired from outside, one by one: there is nothing to refresh."""

    def update_waiting_tasks(self) -> None:
        """Nothing waits that an event does not wake."""

    def run_all(self, use_last_task: bool = True, halt_on_manual: bool = True) -> None:
        self.instance.run()

    def is_completed(self) -> bool:
        completed: bool = self.completed  # type: ignore[attr-defined]
        return completed

    def cancel(self, success: bool = False, workflow: Any = None) -> list[Token]:
        live = list(self.instance.live.values())
        self.instance.cancel_all()
        return live


class FeelScriptEngine:
    """What SpiffWorkflow calls the script engine: evaluates FEEL over the variables of a token, and runs no scripts."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def evaluate(self, task: Token, expression: str, external_context: dict[str, Any] | None = None) -> Any:
        return compile_expression(expression).evaluate(task.variables, self._instance.environment, external_context or {})
