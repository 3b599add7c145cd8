"""Whoever started the process instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, named, nobody, one
from engine.assignment.workers import why_not
from engine.facts.declarations import Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """Takes no parameters."""
    person = situation.directory.find_person(situation.initiator or "")
    if person is None:
        return nobody(Sentence("The process was not started by a person."))
    if not person.is_active:
        return nobody(Sentence("{person}, who started the process, has left.", person=named(person)))
    if not person.may_work:
        return nobody(why_not(person))
    return one(person.id, Sentence("It goes to {person}, who started the process.", person=named(person)))


STRATEGY = Strategy("initiator", Said("who started the instance", "发起人"), choose)
