"""Keeps the organisation in memory and reads it again when its version number has moved."""

from __future__ import annotations

import threading
from typing import Any

from engine.assignment.directory import Department, Person, Role
from engine.facts.actor import SYSTEM
from engine.store import Database
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.identity.organisation import Member, Organisation, Position
from service.store import organisation as rows

#: Before the first import, and for units of work that assign nothing.
NOBODY = Organisation(0, {}, {}, {}, {})


class OrganisationSnapshot:
    """One for each process, shared by its threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._organisation = NOBODY
        self._reading = threading.Lock()

    def at(self, version: int) -> Organisation:
        """The organisation, read again when `version`, just seen in the database, is another one."""
        if self._organisation.version != version:
            with self._reading:
                if self._organisation.version != version:
                    self._organisation = self._read()
        return self._organisation

    def current(self) -> Organisation:
        """For those who have not seen the version number: asks for it."""
        with unit_of_work(self._database, SYSTEM, directory=NOBODY) as work:
            version = rows.version(work)
        return self.at(version)

    def _read(self) -> Organisation:
        with unit_of_work(self._database, SYSTEM, directory=NOBODY) as work:
            return read(work)


def read(work: UnitOfWork) -> Organisation:
    """The organisation as it is now. The version is read first: what changes meanwhile is read once more, not missed."""
    version = rows.version(work)
    found = rows.everything(work)
    held: dict[str, list[tuple[str, str | None]]] = {}
    for each in found["role_holder"]:
        held.setdefault(each.person_id, []).append((each.role_id, each.department_id or None))
    return Organisation(
        version,
        {each.id: Department(each.id, each.name, each.name_en, each.parent_id, each.head_id) for each in found["department"]},
        {each.id: Position(each.id, each.name, each.name_en) for each in found["position"]},
        {each.id: Role(each.id, each.name, each.name_en) for each in found["role"]},
        {each.id: _member(each, tuple(sorted(held.get(each.id, ()), key=str))) for each in found["person"]},
    )


def _member(row: Any, roles: tuple[tuple[str, str | None], ...]) -> Member:
    may_work = not {"work", "administer"}.isdisjoint(row.rights)
    person = Person(row.id, row.name, row.name_en, row.department_id, row.superior_id, row.is_active, may_work)
    return Member(person, row.email or "", row.position_id, roles, frozenset(row.rights), row.language)
