"""The direct superior of a person, or a superior some levels up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, Strategy, ids, named, nobody, one
from engine.assignment.directory import Person
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


def choose(assignment: Mapping[str, Any], situation: Situation) -> Choice:
    """`person` by id, the initiator when the assignment names none; `level` 1 is the direct superior."""
    level = _level(assignment.get("level"))
    if level is None:
        return nobody(Sentence("The level of the superior is not a whole number: {level}.", level=assignment.get("level")))
    below = situation.directory.find_person(next(iter(ids(assignment.get("person"))), situation.initiator or ""))
    if below is None:
        return nobody(Sentence("It is not known whose superior is meant."))
    above = below
    for _ in range(level):
        found = _next_working(above.superior, situation)
        if found is None:
            return nobody(Sentence("{person} has no superior.", person=named(above)))
        above = found
    return one(above.id, Sentence("It goes to {superior}, the superior of {person}.", superior=named(above), person=named(below)))


def _level(value: Any) -> int | None:
    """1 without a value; None for what is no number."""
    try:
        return max(1, int(value or 1))
    except (TypeError, ValueError, OverflowError):
        return None


def _next_working(id: str | None, situation: Situation) -> Person | None:
    """The superior, or the next one up when that person has left or may not work; a loop in the chain finds nobody."""
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        person = situation.directory.find_person(id)
        if person is None or person.works:
            return person
        id = person.superior
    return None


STRATEGY = Strategy(
    "superior",
    Said("the direct superior, or one some levels up", "直接上级，或往上若干级的上级"),
    choose,
    (
        Entry(
            "person",
            Said("whose superior; the initiator's without it", "谁的上级；不写时为发起人的"),
            Kind.PERSON,
            takes_feel=True,
        ),
        Entry(
            "level",
            Said("how many levels up; 1 is the direct superior", "往上几级；1 为直接上级"),
            Kind.NUMBER,
            default="1",
            limits=(1, 20),
            takes_feel=True,
        ),
    ),
)
