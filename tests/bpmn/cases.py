"""A process instance under test, spoken to by element ids, with a clock that stands until it is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Protocol

from engine.bpmn import Model, MoveTarget, Trigger, read, restore, start
from engine.facts.events import (
    ElementCompleted,
    Event,
    JobCreated,
    ProcessInstanceEnded,
    SubscriptionOpened,
    TimerScheduled,
    UserTaskCreated,
)
from engine.scripts import ScriptResult
from tests.bpmn.writing import bpmn

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def model_of(lines: str | bytes, **process: str) -> Model:
    reading = read(lines if isinstance(lines, bytes) else bpmn(lines, **process))
    assert reading.model is not None, reading.problems
    return reading.model


class Surroundings:
    """The host: models by definition id, decisions and scripts as Python functions."""

    def __init__(self, **models: Model) -> None:
        self.models = models
        self.functions: Mapping[str, Any] = {}
        self.zone: tzinfo = UTC
        self.decisions: dict[str, Any] = {}
        self.scripts: dict[str, Any] = {}
        self.asked: list[tuple[str, str, int | None]] = []

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        self.asked.append((key, binding, version))
        for id, model in self.models.items():
            if key in model.processes:
                return id, model
        raise LookupError(f"There is no process {key}.")

    def get_model(self, definition_id: str) -> Model:
        return self.models[definition_id]

    def decide(
        self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any], now: datetime
    ) -> tuple[Any, Any]:
        self.asked.append((decision, binding, version))
        return self.decisions[decision](variables), {"decision": decision}

    def run_script(
        self, language: str, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool
    ) -> ScriptResult:
        result: ScriptResult = self.scripts[source](variables)
        return result


class Run(Protocol):
    """The fixture `run`: starts a process from its lines."""

    def __call__(
        self,
        lines: str | bytes | Model,
        variables: Mapping[str, Any] | None = None,
        *,
        host: Surroundings | None = None,
        trigger: Trigger | None = None,
        now: datetime = NOON,
    ) -> Case: ...


class Case:
    """`is_restored`: the instance is saved and restored after every call."""

    def __init__(
        self,
        lines: str | bytes | Model,
        variables: Mapping[str, Any] | None = None,
        *,
        host: Surroundings | None = None,
        is_restored: bool = True,
        trigger: Trigger | None = None,
        now: datetime = NOON,
    ) -> None:
        model = lines if isinstance(lines, Model) else model_of(lines)
        self.host = host or Surroundings()
        self.host.models.setdefault("main", model)
        self.now = now
        self.is_restored = is_restored
        self.execution = start(
            model, next(iter(model.processes)), "main", variables or {}, now=now, host=self.host, trigger=trigger
        )
        self.events: list[Event] = list(self.execution.started)
        self._store()

    def _store(self) -> None:
        if self.is_restored:
            state = self.execution.save()
            before = self.execution
            self.execution = restore(state, host=self.host)
            assert self.execution.save() == state
            assert self.execution.waiting() == before.waiting()
            assert self.execution.tokens() == before.tokens()

    def _happened(self, events: list[Event]) -> list[Event]:
        self.events += events
        self._store()
        return events

    # ------------------------------------------------------------------ doing
    def complete(self, element: str, variables: Mapping[str, Any] | None = None, *, at: int = 0) -> list[Event]:
        """The open user task of that element; with several open ones the one at that place."""
        token = [each.token for each in self._open(UserTaskCreated) if each.element == element][at]
        return self._happened(self.execution.complete(token, variables or {}, self.now))

    def finish(self, element: str, variables: Mapping[str, Any] | None = None) -> list[Event]:
        return self._happened(self.execution.finish_job(self.job(element).token, variables or {}, self.now))

    def fail(self, element: str, code: str, variables: Mapping[str, Any] | None = None) -> list[Event]:
        return self._happened(
            self.execution.raise_error(self.job(element).token, code, "it went wrong", variables or {}, self.now)
        )

    def send(self, name: str, variables: Mapping[str, Any] | None = None, *, key: str | None = None) -> list[Event]:
        """A message or signal from outside, to the first that waits for it."""
        found = next(each for each in self._open(SubscriptionOpened) if each.name == name and each.correlation_key == key)
        return self._happened(self.execution.deliver(found.subscription, variables or {}, self.now))

    def pass_time(self, **span: float) -> list[Event]:
        """Moves the clock and fires every timer that is due by then, each at its moment."""
        until = self.now + timedelta(**span)
        happened: list[Event] = []
        while (due := self._next_due()) is not None and due.due_at <= until:
            self.now = max(self.now, due.due_at)
            happened += self._happened(self.execution.fire(due.subscription, self.now))
        self.now = until
        return happened

    def set(self, token: int = 0, **variables: Any) -> list[Event]:
        return self._happened(self.execution.set_variables(variables, self.now, token))

    def reload(self, state: bytes) -> None:
        """As it was saved then, after a call that failed."""
        self.execution = restore(state, host=self.host)

    def move(self, *cancel: int | str, to: Sequence[str | MoveTarget] = ()) -> list[Event]:
        """`to` are ids of elements to start before, `after x`, `on flow`, or targets."""
        targets = [each if isinstance(each, MoveTarget) else _target(each) for each in to]
        return self._happened(self.execution.move(cancel, targets, self.now))

    def cancel(self) -> list[Event]:
        return self._happened(self.execution.cancel(self.now))

    # ------------------------------------------------------------------ looking
    def _open(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.execution.waiting() if isinstance(each, kind)]

    def _next_due(self) -> TimerScheduled | None:
        return min(self._open(TimerScheduled), key=lambda each: (each.due_at, each.subscription), default=None)

    @property
    def tasks(self) -> list[str]:
        """The elements of the open user tasks, in order of creation."""
        return [each.element for each in self._open(UserTaskCreated)]

    @property
    def jobs(self) -> list[str]:
        return [each.element for each in self._open(JobCreated)]

    @property
    def due(self) -> list[datetime]:
        return sorted(each.due_at for each in self._open(TimerScheduled))

    @property
    def waiting_for(self) -> list[str]:
        """Names of messages and signals."""
        return [each.name for each in self._open(SubscriptionOpened)]

    def job(self, element: str) -> JobCreated:
        found: JobCreated = next(each for each in self._open(JobCreated) if each.element == element)
        return found

    def task(self, element: str) -> UserTaskCreated:
        found: UserTaskCreated = next(each for each in self._open(UserTaskCreated) if each.element == element)
        return found

    @property
    def variables(self) -> Mapping[str, Any]:
        return self.execution.variables

    @property
    def path(self) -> list[str]:
        """The elements that completed, in order."""
        return [each.element for each in self.events if isinstance(each, ElementCompleted)]

    @property
    def outcome(self) -> str | None:
        """How the process instance ended; None while it runs."""
        ends = [each for each in self.events if isinstance(each, ProcessInstanceEnded)]
        assert len(ends) <= 1
        assert bool(ends) == self.execution.is_ended
        return ends[0].outcome if ends else None

    def of(self, kind: type[Any]) -> list[Any]:
        """The events of one kind so far."""
        return [each for each in self.events if isinstance(each, kind)]


def _target(text: str) -> MoveTarget:
    place, _, element = text.rpartition(" ")
    return MoveTarget(element, place or "before")  # type: ignore[arg-type]
