"""What has happened inside one process instance: frozen, past tense, in order. Standard library only.

`token` is the number of the element instance inside its process instance (unique, never reused); `element` its id in the
model; `definition` the id of the process definition the model belongs to: the instance's own or one reached by a call activity.
`subscription` numbers what waits for a timer, message, signal or condition, in the order it began to wait.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from engine.facts.user_task_facts import UserTaskFacts

#: Why something that waited waits no longer.
Reason = Literal["interrupted", "cancelled", "terminated", "process ended"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened at an element instance."""

    token: int
    element: str
    definition: str


@dataclass(frozen=True, slots=True)
class ElementEntered(Event):
    """A token arrived and the element began; `kind` is the tag of BPMN's schema: userTask, exclusiveGateway."""

    kind: str


@dataclass(frozen=True, slots=True)
class ElementCompleted(Event):
    """The element was done; `flows` are the ids of the sequence flows taken."""

    kind: str
    flows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementCancelled(Event):
    """The element was taken away before it was done."""

    kind: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class UserTaskCreated(Event):
    """Somebody has to act. All expressions of the element are evaluated.

    `assignments` are tried in order, each {strategy, ...parameters}; `summary` is [{name, name_en, unit, unit_en, value}];
    `facts` have no `why` yet.
    """

    name: str
    name_en: str
    form: str | None
    due_at: datetime | None
    priority: int
    assignments: Sequence[Mapping[str, Any]]
    summary: Sequence[Mapping[str, Any]]
    facts: UserTaskFacts


@dataclass(frozen=True, slots=True)
class UserTaskCompleted(Event):
    """Somebody has acted."""


@dataclass(frozen=True, slots=True)
class UserTaskCancelled(Event):
    """Nobody has to act any more."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class JobCreated(Event):
    """Work for a worker, outside of any transaction: a service task, a send task with a connector.

    `connector` names a connector or, for workers elsewhere, a topic (`kind`); `inputs` are evaluated. `retries` are repetitions
    after the first try.
    """

    kind: Literal["connector", "topic"]
    connector: str
    inputs: Mapping[str, Any]
    retries: int = 3


@dataclass(frozen=True, slots=True)
class JobCompleted(Event):
    """The worker has reported."""


@dataclass(frozen=True, slots=True)
class JobCancelled(Event):
    """The work is not wanted any more."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class TimerScheduled(Event):
    """The instance waits until `due_at`; a cycle is scheduled anew, with the same subscription, each time it fires."""

    subscription: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SubscriptionOpened(Event):
    """The instance waits for a message (with its correlation key, None when the model has none) or a signal."""

    subscription: int
    kind: Literal["message", "signal"]
    name: str
    correlation_key: str | None = None


@dataclass(frozen=True, slots=True)
class SubscriptionClosed(Event):
    """The instance waits no longer for this timer, message or signal."""

    subscription: int
    kind: Literal["timer", "message", "signal"]


@dataclass(frozen=True, slots=True)
class MessageThrown(Event):
    """For another process instance or a start event: nothing inside this instance caught it."""

    name: str
    correlation_key: str | None
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignalThrown(Event):
    """For everybody; what waited inside this instance has caught it already."""

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EscalationThrown(Event):
    """Nothing in the model caught it: for the record, and for the managers."""

    code: str | None


@dataclass(frozen=True, slots=True)
class DecisionEvaluated(Event):
    """A business rule task asked a decision; `trace` as engine.dmn gives it."""

    decision: str
    trace: Any


@dataclass(frozen=True, slots=True)
class VariablesChanged(Event):
    """Values came in from outside: a form, a job's result, a message; `token` 0 is the process itself."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProcessInstanceEnded(Event):
    """Nothing is left to do. `end` is the last end event's id; an error code when an uncaught BPMN error ended it."""

    outcome: Literal["completed", "terminated", "cancelled", "error"]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class UserTaskAssigned(Event):
    """Somebody has claimed the task, returned it (None) or was given it. `candidates` are other ones than before, when any."""

    assignee: str | None
    candidates: tuple[str, ...] = ()
