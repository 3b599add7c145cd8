"""The transition log of a process instance as sentences: who did what, and what followed by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as later

from engine import process_instances
from engine.bpmn import ElementFacts
from engine.definitions import process_definitions
from engine.process_instances import Transition
from service.web import people
from service.web.cases import CHANGES, Case
from service.web.languages import named

#: Changes shown, the newest ones.
SHOWN = 200

#: Verb of a change → what a person did; `%(element)s` is a step's name.
VERBS = {
    "start": later("%(who)s started the process"),
    "complete": later("%(who)s completed “%(element)s”"),
    "claim": later("%(who)s claimed “%(element)s”"),
    "attach": later("%(who)s added a file"),
    "unclaim": later("%(who)s gave “%(element)s” back"),
    "assign": later("%(who)s handed “%(element)s” over"),
    "hand on": later("“%(element)s” was handed on: nobody who had it may work on it any more"),
    "cancel": later("%(who)s cancelled the process"),
    "suspend": later("%(who)s suspended the process"),
    "resume": later("%(who)s resumed the process"),
    "change": later("%(who)s changed variables"),
    "move": later("%(who)s moved the process"),
    "fire": later("A timer fired"),
    "complete job": later("A connector finished “%(element)s”"),
    "raise error": later("A connector reported an error at “%(element)s”"),
    "deliver message": later("A message arrived"),
    "deliver signal": later("A signal arrived"),
}

#: Type of an event → what followed; other events are steps on the way and need no line.
EVENTS = {
    "UserTaskCreated": later("“%(element)s” waits for somebody"),
    "UserTaskCancelled": later("“%(element)s” is no longer needed"),
    "JobCreated": later("“%(element)s” is done by a connector"),
    "TimerScheduled": later("“%(element)s” waits for its time"),
    "SubscriptionOpened": later("“%(element)s” waits for a message"),
    "MessageThrown": later("“%(element)s” sent a message"),
    "SignalThrown": later("“%(element)s” threw a signal"),
    "DecisionEvaluated": later("“%(element)s” was decided"),
    "ProcessInstanceEnded": later("The process ended"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log."""

    at: datetime
    sentence: str
    lines: tuple[str, ...]


class Names:
    """Element id → name, of every model the instance has been in; each model is looked up once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._models: dict[UUID, Mapping[str, ElementFacts]] = {}

    def of(self, element: str | None, definition: str | None) -> str:
        id = UUID(definition) if definition else self._case.instance.definition_id
        if id not in self._models:
            self._models[id] = process_definitions.elements(self._case.work, self._case.definition_of(id))
        facts = self._models[id].get(element or "")
        return (named(facts.name, facts.name_en) if facts else "") or element or ""


def of_case(case: Case, names: Names) -> tuple[Change, ...]:
    """Newest first. They are read anew only where the case has more changes than its page reads."""
    first = max(0, case.instance.version - SHOWN)
    if case.instance.version <= CHANGES:
        found = case.changes[first:]
    else:
        found = process_instances.history(case.work, case.instance, after=first, limit=SHOWN)
    return tuple(_change(each, names) for each in reversed(found))


def _change(transition: Transition, names: Names) -> Change:
    sentence = VERBS.get(transition.verb)
    definition = next((each.get("definition") for each in transition.events if each.get("element") == transition.element), None)
    values = {"who": people.person_name(transition.actor), "element": names.of(transition.element, definition)}
    words = str(sentence) % values if sentence else f"{values['who']}: {transition.verb}"
    return Change(transition.at, words, tuple(_lines(transition, names)))


def _lines(transition: Transition, names: Names) -> Iterator[str]:
    for event in transition.events:
        if event["type"] == "Explained" and "why" in event:
            yield _words(transition.verb, event["why"])
        elif event["type"] == "FileAdded":
            yield event["name"]
        elif event["type"] in EVENTS:
            yield str(EVENTS[event["type"]]) % {"element": _name(event, names)}


def _words(verb: str, why: str) -> str:
    return gettext("Opinion: %(why)s", why=why) if verb == "complete" else gettext("Reason: %(why)s", why=why)


def _name(event: Mapping[str, Any], names: Names) -> str:
    return names.of(event.get("element"), event.get("definition"))
