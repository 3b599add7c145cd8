"""The company as one immutable snapshot: what engine.assignment asks, and the actor each person is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import Actor, Right


@dataclass(frozen=True, slots=True)
class Position:
    """What is printed on a business card (岗位); gives no rights and receives no work."""

    id: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person with what only identity knows. `roles` are pairs (role, department); the department may be None: everywhere."""

    person: Person
    email: str = ""
    position: str | None = None
    roles: tuple[tuple[str, str | None], ...] = ()
    rights: frozenset[Right] = frozenset()
    language: str = ""


@dataclass(frozen=True)
class Organisation:
    """Implements engine.assignment.directory.Directory; `version` is the row version it was read at."""

    version: int
    departments: Mapping[str, Department]
    positions: Mapping[str, Position]
    roles: Mapping[str, Role]
    members: Mapping[str, Member]
    _by_email: Mapping[str, str] = field(init=False, repr=False)
    _role_names: Mapping[str, str] = field(init=False, repr=False)
    _holders: Mapping[tuple[str, str | None], tuple[str, ...]] = field(init=False, repr=False)
    _actors: dict[tuple[str, frozenset[Right] | None], Actor] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        emails = {member.email.lower(): id for id, member in self.members.items() if member.email}
        names = {name: role.id for role in self.roles.values() for name in (role.name_en, role.name, role.id) if name}
        object.__setattr__(self, "_by_email", emails)
        object.__setattr__(self, "_role_names", names)
        object.__setattr__(self, "_holders", _holders(self.members.values()))

    def find_person(self, id: str) -> Person | None:
        member = self.members.get(id)
        return member.person if member else None

    def find_department(self, id: str) -> Department | None:
        return self.departments.get(id)

    def find_role(self, id_or_name: str) -> Role | None:
        return self.roles.get(self._role_names.get(id_or_name, ""))

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]:
        return self._holders.get((role, department), ())

    def people_named(self, text: str) -> tuple[str, ...]:
        wanted = text.casefold()
        everybody = (member.person for member in self.members.values())
        return tuple(
            each.id for each in everybody if any(wanted in name.casefold() for name in (each.name, each.name_en, each.id))
        )

    def find_member(self, id_or_email: str) -> Member | None:
        """By what people type to sign in."""
        return self.members.get(id_or_email) or self.members.get(self._by_email.get(id_or_email.lower(), ""))

    def find_actor(self, person: str, rights: frozenset[Right] | None = None) -> Actor | None:
        """Who an active person is to the engine, of their rights only those among `rights`; None for somebody who has left."""
        actor = self._actors.get((person, rights))
        if actor is None:
            member = self.members.get(person)
            if member is None or not member.person.is_active:
                return None
            actor = _actor(member)
            if rights is not None:
                actor = replace(actor, rights=frozenset(right for right in rights if actor.may(right)))
            self._actors[person, rights] = actor
        return actor

    def below(self, department: str) -> Iterator[str]:
        """The department and everything under it."""
        yield department
        for each in self.departments.values():
            if each.parent == department:
                yield from self.below(each.id)


def _holders(members: Iterable[Member]) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
    """People by (role, department) and by (role, None), which means anywhere."""
    found: dict[tuple[str, str | None], dict[str, None]] = defaultdict(dict)
    for member in sorted(members, key=lambda each: each.person.id):
        if not member.person.is_active:
            continue
        for role, department in member.roles:
            found[role, None][member.person.id] = None
            if department is not None:
                found[role, department][member.person.id] = None
    return {key: tuple(people) for key, people in found.items()}


def _actor(member: Member) -> Actor:
    person = member.person
    groups = {f"person:{person.id}"}
    for role, department in member.roles:
        groups.add(f"role:{role}")
        if department is not None:
            groups.add(f"role:{role}@{department}")
    if person.department is not None:
        groups.add(f"department:{person.department}")
    return Actor(person.id, person.name, frozenset(groups), member.rights, person.department)
