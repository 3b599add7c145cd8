"""The person who did an earlier step of this process instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, named, nobody, one
from engine.assignment.workers import why_not
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`step`: the element id of the earlier user task."""
    step = str(assignment.get("step"))
    person = situation.directory.find_person(situation.earlier(step) or "")
    if person is None:
        return nobody(Sentence("The step {step} has not been done by a person.", step=step))
    if not person.is_active:
        return nobody(Sentence("{person}, who did the step {step}, has left.", person=named(person), step=step))
    if not person.may_work:
        return nobody(why_not(person))
    return one(person.id, Sentence("It goes to {person}, who did the step {step}.", person=named(person), step=step))


STRATEGY = Strategy(
    "same-as",
    Said("who did the earlier user task", "办理先前那个用户任务的人"),
    choose,
    (Entry("step", Said("id of the earlier user task", "先前用户任务的 id"), Kind.STEP, is_required=True),),
)
