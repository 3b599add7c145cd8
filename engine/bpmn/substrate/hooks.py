"""The classes that tokens, elements and scopes are made of, and the hooks by which SpiffWorkflow calls them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import EventManager
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.substrate.host_loop import SpiffHostLoop

FUTURE: int = TaskState.FUTURE
WAITING: int = TaskState.WAITING
READY: int = TaskState.READY
STARTED: int = TaskState.STARTED


class SpiffToken(Task):
    """A task without history: it is made and changes its state without reading a clock or writing a log."""

    def __init__(self, scope: Any, element: Any, parent: Any, number: int) -> None:
        # What Task.__init__ does, without the clock and without looking up the parent; a test compares the attributes.
        self.id = number
        self.workflow = scope
        scope.tasks[number] = self
        self.task_spec = element
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.data = {}
        #: What its element remembers, as JSON.
        self.marks: dict[str, Any] = {}
        self.internal_data = self.marks
        self._state = FUTURE
        self._children = []
        self._parent = None
        if parent is not None:
            self._parent = parent.id
            parent._children.append(number)

    @property
    def variables(self) -> dict[str, Any]:
        """What it sees; several tokens of a scope see the same dict."""
        return self.data

    @variables.setter
    def variables(self, variables: dict[str, Any]) -> None:
        self.data = variables

    def _set_state(self, value: int) -> None:
        self._state = value

    def _ready(self) -> None:
        self._state = READY
        self.task_spec.schedule(self)

    def arrive(self) -> None:
        """Comes to its element, which lets it go on or keeps it back."""
        self.task_spec._update(self)

    def be_ready(self) -> None:
        """Goes on without arriving."""
        self._ready()

    def wait_in_state(self, state: int) -> None:
        """Has entered and waits; READY, STARTED or WAITING are what hosts written for SpiffWorkflow look for."""
        self._state = state


class SpiffElement(BpmnSpecMixin):
    """A task spec whose hooks call arrive, schedule, enter and leave."""

    def __init__(self, process_spec: Any, id: str, **facts: Any) -> None:
        super().__init__(process_spec, id, **facts)
        self.process_spec = process_spec

    def test(self) -> None:
        """Checked when the model was read."""

    def _update(self, token: Any) -> None:
        if self.arrive(token):
            token._ready()

    def _run_hook(self, token: Any) -> bool | None:
        return self.enter(token)

    def _on_complete(self, token: Any) -> None:
        if token.is_live:
            self.leave(token)
            tokens = token.workflow.tasks
            for number in token._children:
                if number in tokens:
                    child = tokens[number]
                    child.task_spec._update(child)
        token.workflow._task_completed_notify(token)

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

    def specs_by_name(self) -> dict[str, Any]:
        """Each task spec enters itself here when it is made."""
        return self.task_specs


class SpiffScope(SpiffHostLoop, BpmnBaseWorkflow):
    """The workflow of a sub-process or call."""

    def __init__(self, process_spec: Any, outer: Any) -> None:
        self.begin_workflow(process_spec)
        self.parent_workflow: Any = outer
        self.depth: int = outer.depth + 1

    @property
    def top(self) -> Any:
        return self.parent_workflow.top


class SpiffInstance(SpiffHostLoop, BpmnWorkflow):
    """The workflow of a process instance."""

    def __init__(self, process_spec: SpiffProcessSpec, inner_scopes: dict[int, Any]) -> None:
        self.begin_workflow(process_spec)
        #: The open scopes inside, by the number of the token that opened each.
        self.subprocesses = inner_scopes

    @property
    def top(self) -> Any:
        return self

    # Made when somebody asks: no step of ours does.
    subprocess_specs = cached_property[dict[str, Any]](lambda self: {})
    bpmn_events = cached_property[list[Any]](lambda self: [])
    correlations = cached_property[dict[str, Any]](lambda self: {})
    event_manager = cached_property(EventManager)

    @property
    def is_over(self) -> bool:
        return self.completed

    def mark_over(self, *, is_success: bool) -> None:
        self.completed = True
        self.success = is_success
