"""A company of a few people, and who they are as actors."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import Actor, Right


@dataclass(frozen=True)
class Company:
    """A Directory out of small tables; `held` lists (person, role, department)."""

    people: dict[str, Person]
    departments: dict[str, Department]
    held: tuple[tuple[str, str, str], ...]
    roles: dict[str, Role] = field(default_factory=dict)

    def find_person(self, id: str) -> Person | None:
        return self.people.get(id)

    def find_department(self, id: str) -> Department | None:
        return self.departments.get(id)

    def find_role(self, id_or_name: str) -> Role | None:
        names = {role for _, role, _ in self.held}
        return Role(id_or_name, id_or_name) if id_or_name in names else None

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]:
        return tuple(
            person
            for person, held, where in self.held
            if held == role and department in (None, where) and self.people[person].is_active
        )

    def people_named(self, text: str) -> tuple[str, ...]:
        return tuple(each.id for each in self.people.values() if text.lower() in each.name.lower())


COMPANY = Company(
    people={
        "alice": Person("alice", "Alice", department="sales", superior="bob"),
        "anna": Person("anna", "Anna", department="sales", superior="bob"),
        "bob": Person("bob", "Bob", department="sales"),
        "gone": Person("gone", "Gone", department="sales", is_active=False),
        "mallory": Person("mallory", "Mallory"),
        "otto": Person("otto", "Otto"),
    },
    departments={
        "company": Department("company", "Company"),
        "sales": Department("sales", "Sales", parent="company", head="bob"),
    },
    held=(
        ("alice", "staff", "sales"),
        ("anna", "staff", "sales"),
        ("bob", "lead", "sales"),
        ("otto", "process-administrator", "company"),
    ),
)


def actor(id: str, *rights: Right) -> Actor:
    """Somebody of the company with what they hold there."""
    person = COMPANY.people[id]
    keys = {f"person:{id}"}
    for holder, role, department in COMPANY.held:
        if holder == id:
            keys |= {f"role:{role}", f"role:{role}@{department}"}
    return Actor(id, person.name, frozenset(keys), frozenset(rights), person.department)


ALICE = actor("alice", "work", "start")
ANNA = actor("anna", "work", "start")
BOB = actor("bob", "work", "start")
MALLORY = actor("mallory", "work")
OTTO = actor("otto", "work", "start", "operate")
DESIGNER = actor("otto", "design")

#: The variables of an instance that Alice has started.
OF_ALICE = {"initiator": "alice", "initiatorDepartment": "sales"}
