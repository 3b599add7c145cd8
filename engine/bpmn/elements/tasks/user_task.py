"""The user task and the manual task: somebody has to act (BPMN §10.3.4.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.elements.tasks.summary import SummaryItem, evaluate_summary, summary_lines
from engine.bpmn.errors import ElementFailed
from engine.bpmn.expressions import Environment, Template
from engine.bpmn.substrate import READY
from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.schedule import parse_schedule
from engine.facts.events import Event, Reason, UserTaskCancelled, UserTaskCompleted, UserTaskCreated
from engine.facts.sentences import Sentence
from engine.facts.user_task_facts import UserTaskFacts

#: One assignment of the model: its strategy and parameters, each a literal or an expression (or a list of these).
Assignment = Mapping[str, Template | Sequence[Template]]


class UserTaskElement(Activity):
    """What the model says as it is told, beside form, due date, priority, assignments and summary, which may be expressions."""

    kind = "userTask"
    waiting_state: ClassVar[int] = READY

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.manual = True
        self.label = ""
        self.label_en = ""
        self.facts = UserTaskFacts()
        self.form: Template | None = None
        self.due: Template | None = None
        self.priority: Template = Template(50)
        self.assignments: Sequence[Assignment] = ()
        self.summary: Sequence[SummaryItem] = ()
        self._has_fixed_assignments = False
        self._fixed_assignments: Sequence[Mapping[str, Any]] = ()

    def prepare(self) -> None:
        super().prepare()
        self._has_fixed_assignments = all(_is_fixed(value) for assignment in self.assignments for value in assignment.values())
        if self._has_fixed_assignments:
            nowhere = Environment({}, datetime.min)
            self._fixed_assignments = [_evaluate_assignment(assignment, {}, nowhere) for assignment in self.assignments]

    def execute(self, token: Token) -> bool | None:
        facts = self._evaluate_facts(token)
        if facts:
            token.marks["facts"] = facts
        token.announce(self.opening_event(token))
        return None

    def _evaluate_facts(self, token: Token) -> dict[str, Any]:
        """What depends on variables or on the moment, as JSON; it stays as it was when the task was created."""
        environment = token.environment
        found: dict[str, Any] = {}
        if self.form is not None and not self.form.is_fixed:
            found["form"] = self.form.text(token.variables, environment)
        if not self.priority.is_fixed:
            found["priority"] = _as_priority(self.priority.evaluate(token.variables, environment))
        if self.due is not None:
            found["due"] = _as_due(self.due.evaluate(token.variables, environment), environment.local_now)
        if not self._has_fixed_assignments:
            found["assignments"] = [
                _evaluate_assignment(assignment, token.variables, environment) for assignment in self.assignments
            ]
        if self.summary:
            found["summary"] = evaluate_summary(self.summary, token.variables, environment)
        return found

    def opening_event(self, token: Token) -> Event:
        found = token.marks.get("facts", {})
        due = found.get("due")
        return UserTaskCreated(
            *token.origin,
            name=self.label,
            name_en=self.label_en,
            form=found.get("form", self.form and self.form.literal),
            due_at=None if due is None else datetime.fromisoformat(due),
            priority=found.get("priority", self.priority.literal),
            assignments=found.get("assignments", self._fixed_assignments),
            summary=summary_lines(self.summary, found.get("summary", ())),
            facts=self.facts,
        )

    def finish(self, token: Token) -> None:
        token.announce(UserTaskCompleted(*token.origin))
        super().finish(token)

    def on_cancelled(self, token: Token, reason: Reason) -> None:
        if not self.is_loop(token):
            token.announce(UserTaskCancelled(*token.origin, reason))


class ManualTask(UserTaskElement):
    """Done without the engine, and told to it: it waits in the inbox like a user task without a form."""

    kind = "manualTask"


def _is_fixed(value: Template | Sequence[Template]) -> bool:
    return value.is_fixed if isinstance(value, Template) else all(each.is_fixed for each in value)


def _evaluate_assignment(assignment: Assignment, variables: dict[str, Any], environment: Environment) -> dict[str, Any]:
    return {
        name: value.evaluate(variables, environment)
        if isinstance(value, Template)
        else [each.evaluate(variables, environment) for each in value]
        for name, value in assignment.items()
    }


def _as_due(value: Any, now: datetime) -> str | None:
    """A duration counts from now; null: not due."""
    if value is None:
        return None
    try:
        return parse_schedule(str(value), now).due_at.astimezone(UTC).isoformat()
    except NotATime as fault:
        raise ElementFailed(Sentence("the due date cannot be set: {why}", why=fault.sentence)) from fault


def _as_priority(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ElementFailed(Sentence("the priority is {value}, not a number", value=repr(value)))
    return int(value)
