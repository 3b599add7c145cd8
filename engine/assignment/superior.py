"""The direct superior of a person, or a superior some levels up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.assignment.choice import Choice, Situation, ids, nobody, one
from engine.assignment.directory import Person


def choose(wish: Mapping[str, Any], situation: Situation) -> Choice:
    """`person` by id, the initiator when the wish names none; `level` 1 is the direct superior."""
    below = situation.directory.find_person(next(iter(ids(wish.get("person"))), situation.initiator or ""))
    if below is None:
        return nobody("It is not known whose superior is meant.")
    above = below
    for _ in range(max(1, int(wish.get("level") or 1))):
        found = _next_active(above.superior, situation)
        if found is None:
            return nobody("{person} has no superior.", person=above.name)
        above = found
    return one(above.id, "It goes to {superior}, the superior of {person}.", superior=above.name, person=below.name)


def _next_active(id: str | None, situation: Situation) -> Person | None:
    """The superior, or the next one up when that person has left; a loop in the chain finds nobody."""
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        person = situation.directory.find_person(id)
        if person is None or person.is_active:
            return person
        id = person.superior
    return None
