"""What reading a BPMN file yields: facts about its processes for the rest of the engine, and what execution runs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol, runtime_checkable

from engine.bpmn.event_definitions import TimerDefinition
from engine.bpmn.expressions import Environment, Expression, Template
from engine.bpmn.process_spec import ProcessSpec
from engine.facts.errors import Problem
from engine.facts.secret_references import SecretReference


class ModelChecks(Protocol):
    """What the model refers to outside of its own file; an unknown name becomes a problem with a suggestion."""

    def knows_form(self, key: str) -> bool: ...
    def knows_decision(self, key: str) -> bool: ...
    def knows_process(self, key: str) -> bool: ...
    def knows_role(self, id: str) -> bool: ...
    def knows_department(self, id: str) -> bool: ...
    def knows_person(self, id: str) -> bool: ...
    def knows_secret(self, name: str) -> bool: ...


@runtime_checkable
class KnownNames(Protocol):
    """What checks may offer besides: the names that exist, so that an unknown one is answered with “Did you mean …?”."""

    def names(self, kind: str) -> Iterable[str]:
        """All names of a kind: form, decision, process, role, department, person or secret."""


@dataclass(frozen=True, slots=True)
class Starter:
    """Who may start the process: holders of a role, in a department when one is named."""

    role: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class StartTrigger:
    """One start event of a process; `name` is the message or signal name, or the text of the timer or condition."""

    element: str
    kind: Literal["none", "message", "signal", "timer", "conditional"]
    name: str | None = None
    form: str | None = None
    timer: TimerDefinition | None = None
    condition: Expression | None = None

    def is_true(self, variables: Mapping[str, Any], functions: Mapping[str, Any], now: datetime) -> bool:
        """Whether the condition of a conditional start event is true `now`, by the clock of its zone; one that is null is not."""
        environment = Environment(functions, now, now.tzinfo or UTC)
        return self.condition is not None and self.condition.evaluate(dict(variables), environment) is True

    def first_due(self, since: datetime) -> datetime | None:
        """When a timer start event is due that waits since then, its deployment, by the clock of that zone.

        None for other start events.
        """
        schedule = None if self.timer is None else self.timer.schedule(since)
        return None if schedule is None else schedule.due_at

    def next_due(self, since: datetime, fired: int, now: datetime) -> tuple[datetime | None, int]:
        """When it is due again that has fired so often and is due `now`, None after the last time. With it, how many times are
        over: those that were missed count as one."""
        schedule = None if self.timer is None else self.timer.schedule(since)
        coming, over = (None, fired + 1) if schedule is None else schedule.after(fired, now)
        return None if coming is None else coming.due_at, over


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """A flow node as lists and pages show it; `kind` is the tag of BPMN's schema, `parent` the sub-process around it.

    `form_binding` is latest, deployment, version, or empty where the model leaves open which version of the form is meant.
    `secrets` are the references in what is handed to its connector.
    """

    id: str
    kind: str
    name: str = ""
    name_en: str = ""
    documentation: str = ""
    documentation_en: str = ""
    lane: str = ""
    form: str = ""
    form_binding: str = ""
    form_version: int | None = None
    parent: str = ""
    decision: str = ""
    called: str = ""
    connector: str = ""
    secrets: tuple[SecretReference, ...] = ()
    #: Of a user task that offers outcomes.
    outcome_variable: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One `<process>` of the file."""

    id: str
    name: str
    name_en: str
    is_executable: bool
    documentation: str
    documentation_en: str
    area: str
    title: Template | None
    business_key: Template | None
    starters: tuple[Starter, ...]
    administrators: tuple[str, ...]
    elements: Mapping[str, ElementFacts]
    start_triggers: tuple[StartTrigger, ...]
    called: tuple[str, ...]
    decisions: tuple[str, ...]
    forms: tuple[str, ...]
    spec: ProcessSpec = field(repr=False, compare=False)

    @property
    def none_start(self) -> StartTrigger | None:
        """By which it is started by hand."""
        return next((start for start in self.start_triggers if start.kind == "none"), None)

    @property
    def start_form(self) -> str | None:
        """The form of the none start event."""
        return self.none_start.form if self.none_start else None


@dataclass(frozen=True, slots=True)
class Model:
    """A file without errors, ready to execute; immutable and shared by all executions."""

    processes: Mapping[str, Process]

    @property
    def outcome_variables(self) -> frozenset[str]:
        """What its user tasks decide: each is for the steps that offer these outcomes."""
        elements = (each for process in self.processes.values() for each in process.elements.values())
        return frozenset(each.outcome_variable for each in elements if each.outcome_variable)


@dataclass(frozen=True, slots=True)
class Reading:
    """All problems of a file; `model` is None when one of them is an error."""

    model: Model | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_warning)
