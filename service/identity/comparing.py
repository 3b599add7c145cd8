"""What a company file takes away from people who are there: who leaves, and what it does not name any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.assignment.directory import Department
from engine.facts.sentences import Sentence
from service.identity.company import Company
from service.identity.organisation import Member, Organisation


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that the file lists others of, but not this. It stays as it is; so does what names it."""

    kind: str
    id: str
    name: str
    name_en: str
    #: People who work here and have it: hold the role, sit in the department, are this person.
    people: tuple[str, ...]

    @property
    def word(self) -> Sentence:
        return _WORDS[self.kind]

    def is_named_by(self, candidate: str) -> bool:
        """Whether a candidate key of a task means it."""
        kind, _, rest = candidate.partition(":")
        id, _, department = rest.partition("@")
        return (kind, id) == (self.kind, self.id) or (self.kind == "department" and department == self.id)


Known = TypeVar("Known")
_WORDS: Mapping[str, Sentence] = {
    "department": Sentence("department"),
    "position": Sentence("position"),
    "role": Sentence("role"),
    "person": Sentence("person"),
}


def leavers(before: Organisation, after: Organisation) -> Iterator[Member]:
    """As they are afterwards: who could work before and cannot any more."""
    for id, member in after.members.items():
        known = before.members.get(id)
        if known is not None and known.person.works and not member.person.works:
            yield member


def moved(before: Organisation, after: Organisation) -> Iterator[tuple[Department, Department]]:
    """Departments that are below another one than before, with how they were."""
    for id, department in after.departments.items():
        known = before.departments.get(id)
        if known is not None and known.parent != department.parent:
            yield known, department


def left_out(company: Company, after: Organisation) -> Iterator[LeftOut]:
    """Of each kind that the file has rows of: a file of people alone says nothing of roles."""
    members = [member for member in after.members.values() if member.person.is_active]
    for department in _missing(company.departments, after.departments):
        inside = tuple(each.person.id for each in members if _is_in(each, department.id))
        yield LeftOut("department", department.id, department.name, department.name_en, inside)
    for position in _missing(company.positions, after.positions):
        there = tuple(each.person.id for each in members if each.position == position.id)
        yield LeftOut("position", position.id, position.name, position.name_en, there)
    for role in _missing(company.roles, after.roles):
        yield LeftOut("role", role.id, role.name, role.name_en, after.holders(role.id))
    for member in _missing(company.members, after.members):
        if member.person.is_active:
            person = member.person
            yield LeftOut("person", person.id, person.name, person.name_en, (person.id,))


def _is_in(member: Member, department: str) -> bool:
    return member.person.department == department or any(at == department for _, at in member.roles)


def _missing(written: Collection[str], known: Mapping[str, Known]) -> Iterator[Known]:
    return (row for id, row in known.items() if written and id not in written)
