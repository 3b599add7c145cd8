"""Doing everything again that was asked of a process instance, from nothing, and comparing it with what is stored.

The log says what was asked, when, and what came from outside: values, results of scripts and decisions, versions of called
processes. The rest follows from the model, the company's time zone and the calendar of working days, which are those of today.
Whoever changes a row by hand, and whatever makes an execution depend on anything else, shows as a difference.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

import orjson

from engine import access
from engine.bpmn import Execution, Model, MoveRefused, NotWaiting, StepFailed, restore
from engine.definitions.functions import FUNCTIONS
from engine.definitions.models import model_of
from engine.facts import event_json
from engine.facts.errors import Invalid
from engine.facts.events import DecisionEvaluated, VariablesChanged
from engine.facts.ids import uuid_of
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence, Spoken, verbatim
from engine.scripts import ScriptResult
from engine.steps.commands import ANSWERS, Start, command_of
from engine.steps.restoring import restored
from engine.store import history
from engine.store.history import Transition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Difference", "NotReplayable", "Replayed", "replay"]

#: Changes read at a time.
_PAGE = 500


class NotReplayable(Invalid):
    """The process instance {id} cannot be done again: it began before its log kept what was asked of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the repetition goes another way: at the change that made `version`, or in the state at the end."""

    version: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Replayed:
    """`steps` were done again, the last one too that differs; `difference` is the first one, None when there is none."""

    steps: int
    difference: Difference | None


_OTHER_STATE = Sentence("The state that is stored is not the one that its log leads to.")


class _GoesAnotherWay(Spoken):
    """The repetition asks for something that the log does not answer, or cannot do what the log says was done."""


def replay(work: UnitOfWork, id: UUID) -> Replayed:
    """In memory; nothing is changed. For who operates. Refuses: NotFound, NotAllowed, NotReplayable."""
    access.right(work, "operate", to=Sentence("replay process instances"))
    stored = access.process_instance_with_state(work, id, to="see")
    execution, steps, version = None, 0, 0
    for change in _changes(work, id):
        version = change.version
        if change.command is None:
            if version == 1:
                raise NotReplayable(id=str(id))
            continue
        steps += 1
        try:
            execution = _done_again(work, stored.row, change, execution)
        except _GoesAnotherWay as fault:
            return Replayed(steps, Difference(version, fault.sentence))
        except (StepFailed, MoveRefused, NotWaiting) as fault:
            return Replayed(steps, Difference(version, verbatim(str(fault))))
    if execution is None or execution.save() != restored(work, stored).save():
        return Replayed(steps, Difference(version, _OTHER_STATE))
    return Replayed(steps, None)


def _changes(work: UnitOfWork, id: UUID) -> Iterator[Transition]:
    after = 0
    while page := history.of_instance(work, id, after=after, limit=_PAGE):
        yield from page
        after = page[-1].version


def _done_again(work: UnitOfWork, instance: ProcessInstance, change: Transition, execution: Execution | None) -> Execution:
    """The execution after the change, saved and restored as between two steps. Raises _GoesAnotherWay or what the step raises."""
    written = change.command or {}
    host = _Host(work, written.get(ANSWERS) or ())
    command = command_of(change.verb, written, _values(change))
    if isinstance(command, Start):
        definition = instance.definition_id
        execution = command.begin(model_of(work, definition), instance.key, str(definition), change.at, host)
        events: Sequence[Any] = execution.started
    elif execution is None:
        raise _GoesAnotherWay(Sentence("The log does not begin with a start."))
    else:
        execution = restore(execution.save(), host=host)
        events = command.act(execution, change.at)
    _compare(_as_logged(event_json.as_json(events, str(instance.definition_id))), _told(change.events))
    if host.answers:
        raise _GoesAnotherWay(Sentence("Not everything was asked again that was answered then."))
    return execution


def _values(change: Transition) -> Mapping[str, Any]:
    """What came along with the command."""
    first = change.events[0] if change.events else {}
    values: Mapping[str, Any] = first["values"] if first.get("type") == VariablesChanged.__name__ else {}
    return values


def _as_logged(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """As they are read back: JSON knows no tuples."""
    return _told(orjson.loads(json_text(events)))


def _told(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without what was said about the change, and without the trace of a decision, which is not asked again."""
    return [
        {name: value for name, value in event.items() if event["type"] != DecisionEvaluated.__name__ or name != "trace"}
        for event in events
        if event["type"] != "Explained"
    ]


def _compare(again: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]) -> None:
    for number, (now, before) in enumerate(zip(again, then, strict=False), 1):
        if now != before:
            raise _GoesAnotherWay(
                Sentence(
                    "Event {number} was {type} of {element} and is another one now.",
                    number=number,
                    type=before["type"],
                    element=before["element"],
                )
            )
    if len(again) != len(then):
        raise _GoesAnotherWay(Sentence("{then} events followed then, and {now} follow now.", then=len(then), now=len(again)))


class _Host:
    """Answers what was answered then. `answers` are those not asked for yet."""

    functions: Mapping[str, Any] = FUNCTIONS

    def __init__(self, work: UnitOfWork, answers: Sequence[Mapping[str, Any]]) -> None:
        self._work = work
        self.answers = deque(answers)

    @property
    def zone(self) -> tzinfo:
        return self._work.zone

    def get_model(self, definition_id: str) -> Model:
        return model_of(self._work, uuid_of(definition_id))

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        id = str(self._next("called")["called"])
        return id, self.get_model(id)

    def decide(
        self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any], now: datetime
    ) -> tuple[Any, Any]:
        return self._next("decided")["decided"], None

    def run_script(
        self, language: str, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool
    ) -> ScriptResult:
        answer = self._next("value")
        return ScriptResult(answer["value"], answer["variables"])

    def _next(self, kind: str) -> Mapping[str, Any]:
        if not self.answers or kind not in self.answers[0]:
            raise _GoesAnotherWay(Sentence("Something is asked of its surroundings that was not asked then."))
        return self.answers.popleft()
