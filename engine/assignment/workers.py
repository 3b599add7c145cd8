"""Who may work on a task: people who are here and have the right to work. Others are given none, and are no candidates."""

from __future__ import annotations

from engine.assignment.choice import named
from engine.assignment.directory import Directory, Person
from engine.facts.sentences import Sentence


def role_workers(directory: Directory, role: str, department: str | None = None) -> tuple[str, ...]:
    """Those holders of a role who may work, anywhere or in just this department."""
    return tuple(id for id in directory.holders(role, department) if works(directory, id))


def works(directory: Directory, id: str) -> bool:
    person = directory.find_person(id)
    return person is not None and person.works


def has_workers(directory: Directory, candidate: str) -> bool:
    """Whether a candidate key means anybody who may work. Departments are never asked: no strategy writes them."""
    kind, _, rest = candidate.partition(":")
    if kind == "role":
        role, _, department = rest.partition("@")
        return bool(role_workers(directory, role, department or None))
    return works(directory, rest) if kind == "person" else True


def why_not(person: Person) -> Sentence:
    """Of somebody who may not be given a task."""
    if not person.is_active:
        return Sentence("{person} has left.", person=named(person))
    return Sentence("{person} may not work on tasks: the right 'work' is missing.", person=named(person))
