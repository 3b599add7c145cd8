"""Which department a assignment means, and the way up from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.assignment.choice import Situation
from engine.assignment.directory import Department, Directory


def wanted(assignment: Mapping[str, Any], situation: Situation) -> str | None:
    """The id of the department the assignment names, else the initiator's."""
    named = assignment.get("department")
    if named:
        return str(named)
    if situation.initiator_department:
        return situation.initiator_department
    person = situation.directory.find_person(situation.initiator or "")
    return person.department if person else None


def upwards(directory: Directory, id: str | None) -> Iterator[Department]:
    """The department, its parent and so on to the root; a loop in the tree ends the walk."""
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        department = directory.find_department(id)
        if department is None:
            return
        yield department
        id = department.parent
