"""One change of a process instance, done again in memory and held against what its log says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from engine.bpmn import Execution, restore
from engine.definitions.models import model_of
from engine.facts import event_json
from engine.facts.events import DecisionEvaluated, Event, SubscriptionOpened, TimerScheduled, UserTaskCreated, VariablesChanged
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence
from engine.operating.answering_host import AnsweringHost, GoesAnotherWay
from engine.steps.advancing import after_step
from engine.steps.beginning import before_first_step
from engine.steps.commands import ANSWERS, Command, Deliver, Fire, Start, as_json, command_of
from engine.steps.transitions import ASKED, BESIDE
from engine.store.history import Transition
from engine.store.process_definitions import ProcessDefinition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

#: Changes that leave the execution alone, and the status the process instance has after them.
WITHOUT_COMMAND: Mapping[str, Any] = {
    "claim": None,
    "unclaim": None,
    "assign": None,
    "hand on": None,
    "suspend": "suspended",
    "resume": "running",
    "attach": None,
}

#: By the type of an event: what follows from no command.
_NOT_FOLLOWING: Mapping[str, Sequence[str]] = {DecisionEvaluated.__name__: ("trace",), UserTaskCreated.__name__: ASKED}

_UNREADABLE = Sentence("What the log says of this change cannot be read.")
_OTHER_PLACE = Sentence("The log names another element than the one that was acted upon.")


class Repetition:
    """A process instance so far: its row and its execution as they follow from the log."""

    def __init__(self, work: UnitOfWork, definition: ProcessDefinition) -> None:
        self._work = work
        self._definition = definition
        self.instance: ProcessInstance | None = None
        self.execution: Execution | None = None

    def do_again(self, change: Transition) -> None:
        """Raises GoesAnotherWay, and what the step itself raises."""
        try:
            if change.command is None:
                self._pass_over(change)
            else:
                self._repeat(change, change.command)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise GoesAnotherWay(_UNREADABLE) from fault

    def _pass_over(self, change: Transition) -> None:
        """It may only tell who has a task, or that nothing goes on."""
        if self.instance is None or any(event["type"] not in BESIDE for event in change.events):
            raise GoesAnotherWay(_UNREADABLE)
        status = WITHOUT_COMMAND[change.verb] or self.instance.status
        self.instance = replace(self.instance, status=status, version=change.version)

    def _repeat(self, change: Transition, written: Mapping[str, Any]) -> None:
        host = AnsweringHost(self._work, written.get(ANSWERS) or ())
        command = command_of(change.verb, written, _values(change))
        if _plain(as_json(command, written.get(ANSWERS) or ())) != written:
            raise GoesAnotherWay(_UNREADABLE)
        events = self._events(change, command, host)
        _compare(_told(_plain(event_json.as_json(events, str(self._definition.id)))), _told(change.events))
        _compare_decisions(change, written.get(ANSWERS) or ())
        _compare_place(change, command)
        if host.answers:
            raise GoesAnotherWay(Sentence("Not everything was asked again that was answered then."))

    def _events(self, change: Transition, command: Command, host: AnsweringHost) -> Sequence[Event]:
        """Does it; the execution is saved and restored as between two steps."""
        id = str(self._definition.id)
        if isinstance(command, Start):
            self.execution = command.begin(model_of(self._work, self._definition.id), self._definition.key, id, change.at, host)
            before = before_first_step(self._definition, self.execution, command, change.process_instance_id, change.at)
            events: Sequence[Event] = self.execution.started
        elif self.execution is None or self.instance is None:
            raise GoesAnotherWay(Sentence("The log does not begin with a start."))
        else:
            self.execution, before = restore(self.execution.save(), host=host), self.instance
            _compare_subscription(self.execution, change, command)
            events = command.act(self.execution, change.at)
        steps = int(change.verb == "complete")
        self.instance = after_step(before, self.execution, events, change.at, steps=steps)
        return events


def _values(change: Transition) -> Mapping[str, Any]:
    """What came along with the command."""
    first = change.events[0] if change.events else {}
    values: Mapping[str, Any] = first["values"] if first.get("type") == VariablesChanged.__name__ else {}
    return values


def _plain(value: Any) -> Any:
    """As it is read back: JSON knows no tuples."""
    return orjson.loads(json_text(value))


def _told(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without what was said about the change, the trace of a decision, which is not asked again, and whom tasks were for."""
    return [
        {name: value for name, value in event.items() if name not in _NOT_FOLLOWING.get(event["type"], ())}
        for event in events
        if event["type"] not in BESIDE
    ]


def _compare(again: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]) -> None:
    for number, (now, before) in enumerate(zip(again, then, strict=False), 1):
        if now != before:
            raise GoesAnotherWay(
                Sentence(
                    "Event {number} was {type} of {element} and is another one now.",
                    number=number,
                    type=before["type"],
                    element=before["element"],
                )
            )
    if len(again) != len(then):
        raise GoesAnotherWay(
            Sentence(
                "{then} {then:event|events} followed then, and {now} {now:follows|follow} now.", then=len(then), now=len(again)
            )
        )


def _compare_decisions(change: Transition, answers: Sequence[Mapping[str, Any]]) -> None:
    """The value that a decision answered stands in its trace too, as long as it was traced."""
    decided = [answer["decided"] for answer in answers if "decided" in answer]
    asked = [event for event in change.events if event["type"] == DecisionEvaluated.__name__]
    for event, value in zip(asked, decided, strict=False):
        own = [each["value"] for each in event["trace"] or () if each.get("id") == event["decision"] and "value" in each]
        if own and own[-1] != value:
            raise GoesAnotherWay(Sentence("What {element} was answered is not what its decision says.", element=event["element"]))


def _compare_place(change: Transition, command: Command) -> None:
    """The change names the element of the token that was acted upon, as what followed does."""
    if not command.token or isinstance(command, Fire | Deliver):
        return
    if change.element not in {event["element"] for event in change.events if event.get("token") == command.token}:
        raise GoesAnotherWay(_OTHER_PLACE)


def _compare_subscription(execution: Execution, change: Transition, command: Command) -> None:
    """What waited for a time, a message or a signal may go on waiting, as another token: so it is looked at before."""
    if not isinstance(command, Fire | Deliver):
        return
    for event in execution.waiting():
        is_meant = isinstance(event, TimerScheduled | SubscriptionOpened) and event.subscription == command.subscription
        if is_meant and (event.element, event.token) != (change.element, command.token):
            raise GoesAnotherWay(_OTHER_PLACE)
