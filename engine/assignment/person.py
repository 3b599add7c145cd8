"""People by name: written in the model, picked by an earlier step, or given by an expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, ids, named, nobody
from engine.assignment.directory import Person
from engine.assignment.workers import why_not
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`person`: an id or a list of ids; several become candidates."""
    wanted = ids(assignment.get("person"))
    if not wanted:
        return nobody(Sentence("No person was picked."))
    people = [(id, situation.directory.find_person(id)) for id in wanted]
    reasons = [_missing(id, person) for id, person in people if person is None or not person.works]
    found = [person for _, person in people if person is not None and person.works]
    reasons += [Sentence("It goes to {person}, who was picked.", person=named(person)) for person in found]
    return Choice(tuple(reasons), people=tuple(person.id for person in found))


def _missing(id: str, person: Person | None) -> Sentence:
    if person is None or not person.is_active:
        return Sentence("{person} is not known or has left.", person=id)
    return why_not(person)


STRATEGY = Strategy(
    "person",
    Said("the person or the list of people; several may claim", "指定的一人或多人；多人时先认领"),
    choose,
    (
        Entry(
            "person",
            Said("id of a person, or several separated by commas", "人员 id，多个以逗号分隔"),
            Kind.PERSON,
            is_required=True,
            takes_feel=True,
            is_list=True,
        ),
    ),
)
