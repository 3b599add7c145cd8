"""Drives a process by chance: completes tasks, finishes jobs, fires timers, sends messages, always the same for one seed.

Variables that are missing are made up, so that a model gets further. A StepFailed whose sentence the engine has written is an
answer; another exception behind it, or a restored instance that goes another way than the one kept in memory, is a defect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Any, Literal

from engine.bpmn import Execution, Model, StepFailed, Trigger, restore, start
from engine.bpmn.errors import ElementFailed, LimitPassed
from engine.facts.events import Event, JobCreated, SubscriptionOpened, TimerScheduled, UserTaskCreated
from engine.facts.sentences import verbatim

Outcome = Literal["ended", "waiting", "failed"]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOST_DEEDS = 30
MOST_TRIES = 8
VALUES = (True, False, True, 3, "x", ["a", "b"], {"a": 1})
_MISSING = re.compile(r"variable ([\w, ]+) is missing")


class Defect(AssertionError):
    """Something that no model may bring about."""


class NotHere(ElementFailed):
    """What only a whole service has."""


@dataclass(slots=True)
class Surroundings:
    """The models of the folder call one another; decisions answer the same to all, scripts are not run."""

    model_of: Mapping[str, Model]
    functions: Mapping[str, Any] = field(default_factory=dict)
    zone: tzinfo = UTC

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        if key not in self.model_of:
            raise NotHere(verbatim(f"There is no process {key}."))
        return key, self.model_of[key]

    def get_model(self, definition_id: str) -> Model:
        return self.model_of[definition_id]

    def decide(self, *asked: Any) -> tuple[Any, Any]:
        return {"result": True}, {}

    def run_script(self, *script: Any, **more: Any) -> Any:
        raise NotHere(verbatim("Scripts are not run here."))


def drive(host: Surroundings, process: str, seed: int) -> Outcome:
    """One process instance, begun again with a value for each variable that is found missing. Raises Defect."""
    chance = Random(f"{process} {seed}")
    variables: dict[str, Any] = {"initiator": "somebody"}
    for _ in range(MOST_TRIES):
        try:
            return _Drive(host, process, chance, dict(variables)).outcome()
        except StepFailed as failed:
            _refuse_defect(failed)
            missing = _MISSING.search(str(failed))
            if missing is None:
                break
            variables.update((name.strip(), chance.choice(VALUES)) for name in missing[1].split(","))
    return "failed"


def _refuse_defect(failed: StepFailed) -> None:
    cause = failed.__cause__
    is_foreseen = cause is None or isinstance(cause, ElementFailed | LimitPassed)
    if not is_foreseen:
        raise Defect(f"{type(cause).__name__} behind {failed}") from failed


class _Drive:
    def __init__(self, host: Surroundings, process: str, chance: Random, variables: dict[str, Any]) -> None:
        self._host = host
        self._chance = chance
        self._now = NOW
        model = host.model_of[process]
        self._execution = start(model, process, process, variables, now=NOW, host=host, trigger=self._trigger(model, process))

    def _trigger(self, model: Model, process: str) -> Trigger | None:
        starts = model.processes[process].start_triggers
        if not starts or any(each.kind == "none" for each in starts):
            return None
        chosen = self._chance.choice(starts)
        return Trigger(chosen.kind, element=chosen.element)

    def outcome(self) -> Outcome:
        for _ in range(MOST_DEEDS):
            if self._execution.is_ended:
                return "ended"
            todo = [each for each in self._execution.waiting() if _can_be_done(each)]
            if not todo:
                _refuse(not self._execution.tokens(), "nothing is left and the instance has not ended")
                return "waiting"
            self._do(self._chance.choice(todo))
        return "waiting"

    def _do(self, event: Any) -> None:
        """Once to the instance kept in memory and once to one restored from its state."""
        state = self._execution.save()
        other = restore(state, host=self._host)
        _refuse(other.save() != state, "restored, it is saved differently")
        _refuse(other.waiting() != self._execution.waiting(), "restored, it waits for something else")
        if isinstance(event, TimerScheduled):
            self._now = max(self._now, event.due_at)
        try:
            happened = _act(self._execution, event, self._now)
        except StepFailed as failed:
            _refuse(_failure(other, event, self._now) != str(failed), "restored, it fails differently")
            raise
        _refuse(_act(other, event, self._now) != happened, "restored, something else happens")


def _can_be_done(event: Event) -> bool:
    if isinstance(event, SubscriptionOpened):
        return event.kind in ("message", "signal")
    return isinstance(event, UserTaskCreated | JobCreated | TimerScheduled)


def _act(execution: Execution, event: Any, now: datetime) -> list[Event]:
    match event:
        case UserTaskCreated():
            return execution.complete(event.token, {}, now)
        case JobCreated():
            return execution.finish_job(event.token, {}, now)
        case TimerScheduled():
            return execution.fire(event.subscription, now)
    return execution.deliver(event.subscription, {}, now)


def _failure(execution: Execution, event: Any, now: datetime) -> str:
    try:
        _act(execution, event, now)
    except StepFailed as failed:
        return str(failed)
    return ""


def _refuse(is_defect: bool, what: str) -> None:
    if is_defect:
        raise Defect(what)
