"""Tables department, position, role, person, role_holder, and the version that tells snapshots when to read again.

The version is drawn by lot: a number that counts comes again after a restore, for another company, and snapshots of the first one
would go on giving its rights.

Heads, parents and superiors are no foreign keys: a company is written as a whole after service.identity.company has checked it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from secrets import randbelow
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Row, String, Table, bindparam, delete, insert, select, update

from engine.store.columns import Bytes, Json
from engine.store.unit_of_work import UnitOfWork
from service.store import seals
from service.store.schema import metadata

#: Longest id of a person, role or department.
Name = String(64)

organisation = Table(
    "organisation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    #: Over everything below; empty until it is written for the first time since there are seals.
    Column("seal", Bytes, nullable=False, server_default=""),
)

department = Table(
    "department",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("parent_id", Name),
    Column("head_id", Name),
)

position = Table(
    "position",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200), nullable=False),
    Column("email", String(255), unique=True),
    Column("department_id", Name, ForeignKey("department.id")),
    Column("position_id", Name, ForeignKey("position.id")),
    Column("superior_id", Name),
    Column("rights", Json, nullable=False),
    Column("language", String(8), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", String(255)),
)

role_holder = Table(
    "role_holder",
    metadata,
    Column("person_id", Name, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", Name, ForeignKey("role.id"), primary_key=True),
    # Empty: everywhere. A key column cannot be null.
    Column("department_id", Name, primary_key=True),
)

_KINDS: Mapping[str, Table] = {"department": department, "position": position, "role": role, "person": person}
#: What the column can hold.
_MOST_VERSIONS = 2**31 - 1
_VERSION = select(organisation.c.version)
_NEXT_VERSION = update(organisation).values(version=bindparam("drawn"))
_FIRST_VERSION = insert(organisation).values(id=1, version=bindparam("drawn"))
_EVERYTHING = {name: select(table) for name, table in _KINDS.items()} | {"role_holder": select(role_holder)}
_HOLD = update(organisation).values(version=organisation.c.version)
_SEAL = select(organisation.c.seal)
_WRITE_SEAL = update(organisation).values(seal=bindparam("new_seal"))
_PASSWORD = select(person.c.password_hash)


def version(work: UnitOfWork) -> int:
    """0 until the first person is written."""
    return int(work.connection.execute(_VERSION).scalar() or 0)


def move_version(work: UnitOfWork) -> None:
    """Tells every process to read the organisation again."""
    drawn = {"drawn": 1 + randbelow(_MOST_VERSIONS)}
    if not work.write(_NEXT_VERSION, drawn):
        work.write(_FIRST_VERSION, drawn)


def hold(work: UnitOfWork) -> bool:
    """Nobody else changes people until this unit of work ends; whether they are as they were sealed, or never were."""
    work.write(_HOLD)
    return is_as_sealed(work) is not False


def is_as_sealed(work: UnitOfWork) -> bool | None:
    """None where nothing was sealed yet."""
    row = work.first(_SEAL)
    return bytes(row.seal) == _digest(work) if row and row.seal else None


def seal(work: UnitOfWork) -> None:
    """From now on a change by hand of people, roles, rights or passwords is noticed."""
    work.write(_WRITE_SEAL, {"new_seal": _digest(work)})


def _digest(work: UnitOfWork) -> bytes:
    return seals.digest(everything(work))


def everything(work: UnitOfWork) -> Mapping[str, Sequence[Row[Any]]]:
    """All rows by table name."""
    return {name: work.rows(statement) for name, statement in _EVERYTHING.items()}


def insert_row(work: UnitOfWork, kind: str, values: Mapping[str, Any]) -> None:
    work.write(insert(_KINDS[kind]), values)


def update_row(work: UnitOfWork, kind: str, id: str, values: Mapping[str, Any]) -> None:
    table = _KINDS[kind]
    work.write(update(table).where(table.c.id == id).values(**values))


def set_roles(work: UnitOfWork, person_id: str, roles: Iterable[tuple[str, str]]) -> None:
    """Replaces what the person holds: pairs (role, department or empty)."""
    work.write(delete(role_holder).where(role_holder.c.person_id == person_id))
    rows = [{"person_id": person_id, "role_id": role_id, "department_id": where} for role_id, where in roles]
    if rows:
        work.write(insert(role_holder), rows)


def password_hash(work: UnitOfWork, person_id: str) -> str | None:
    return work.connection.execute(_PASSWORD.where(person.c.id == person_id)).scalar()


def set_password_hash(work: UnitOfWork, person_id: str, hashed: str) -> None:
    update_row(work, "person", person_id, {"password_hash": hashed})
