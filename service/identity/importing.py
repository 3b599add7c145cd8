"""Writes a company into the tables: what is new is added, what changed is changed, nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.assignment.directory import Department, Role
from engine.store.unit_of_work import UnitOfWork
from service.identity.company import Company
from service.identity.organisation import Member, Organisation, Position
from service.identity.passwords import hashed
from service.identity.snapshot import read
from service.store import organisation as rows

#: Told after each row: how many are done, how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new, changed, and the same as before. `was_altered`: a hand had changed them in the database since they
    were written last."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    was_altered: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str
    id: str
    values: Mapping[str, Any]
    is_new: bool
    roles: tuple[tuple[str, str], ...] | None = None


def import_company(work: UnitOfWork, company: Company, progress: Progress = lambda done, all: None) -> Imported:
    """Doing it twice changes nothing. A password is set only for people who have none yet."""
    was_altered = not rows.hold(work)
    before = read(work)
    changes = list(_changes(company, before))
    passwords = _missing_passwords(work, company)
    steps = len(changes) + len(passwords)
    for done, change in enumerate(changes, 1):
        _write(work, change)
        progress(done, steps)
    # People who are given one initial password share its hash until they change it: hashing is slow on purpose.
    hash_of = cache(hashed)
    for done, (person, password) in enumerate(passwords.items(), len(changes) + 1):
        rows.set_password_hash(work, person, hash_of(password))
        progress(done, steps)
    if changes:
        rows.move_version(work)
    rows.seal(work)
    added = sum(change.is_new for change in changes)
    total = len(company.departments) + len(company.positions) + len(company.roles) + len(company.members)
    return Imported(added, len(changes) - added, total - len(changes), was_altered)


def _changes(company: Company, before: Organisation) -> Iterator[_Change]:
    """In an order in which each row finds the ones it refers to."""
    for department in company.departments.values():
        if before.departments.get(department.id) != department:
            yield _Change("department", department.id, _of_department(department), department.id not in before.departments)
    for position in company.positions.values():
        if before.positions.get(position.id) != position:
            yield _Change("position", position.id, _of_name(position), position.id not in before.positions)
    for role in company.roles.values():
        if before.roles.get(role.id) != role:
            yield _Change("role", role.id, _of_name(role), role.id not in before.roles)
    for id, member in company.members.items():
        roles = tuple(sorted({(role, department or "") for role, department in member.roles}))
        known = before.members.get(id)
        if known is None or _of_person(known) != _of_person(member) or _roles(known) != roles:
            yield _Change("person", id, _of_person(member), known is None, roles)


def _missing_passwords(work: UnitOfWork, company: Company) -> dict[str, str]:
    return {id: password for id, password in company.passwords.items() if rows.password_hash(work, id) is None}


def _write(work: UnitOfWork, change: _Change) -> None:
    if change.is_new:
        rows.insert_row(work, change.kind, {"id": change.id, **change.values})
    else:
        rows.update_row(work, change.kind, change.id, change.values)
    if change.roles is not None:
        rows.set_roles(work, change.id, change.roles)


def _of_name(named: Position | Role) -> dict[str, Any]:
    return {"name": named.name, "name_en": named.name_en}


def _of_department(department: Department) -> dict[str, Any]:
    names = {"name": department.name, "name_en": department.name_en}
    return {**names, "parent_id": department.parent, "head_id": department.head}


def _of_person(member: Member) -> dict[str, Any]:
    person = member.person
    return {
        "name": person.name,
        "name_en": person.name_en,
        "email": member.email or None,
        "department_id": person.department,
        "position_id": member.position,
        "superior_id": person.superior,
        "rights": sorted(member.rights),
        "language": member.language,
        "is_active": person.is_active,
    }


def _roles(member: Member) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(role, department or "") for role, department in member.roles}))
