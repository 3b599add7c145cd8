"""Table api_token: what programs sign in with. Of the token only the hash is kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from engine.facts.actor import Right
from engine.store.columns import Id, Json, Moment
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork
from service.store.organisation import Name, organisation
from service.store.schema import metadata
from service.store.seals import Sealed

#: Characters.
LONGEST_NAME = 200

api_token = Table(
    "api_token",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("person_id", Name, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("rights", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    Index(None, "person_id"),
)

#: All but when it was used.
SEALED = Sealed(api_token, ("id", "token_hash", "person_id", "name", "rights", "created_at", "expires_at"))


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it; `last_used_at` is coarse."""

    id: uuid.UUID
    person_id: str
    name: str
    rights: tuple[Right, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class PresentedToken:
    """A token a request came with, and the version of the organisation, which the same SELECT brings along."""

    id: uuid.UUID
    person_id: str
    rights: frozenset[Right]
    expires_at: datetime
    last_used_at: datetime | None
    organisation_version: int


_SHOWN = [getattr(api_token.c, name) for name in ApiToken.__dataclass_fields__]
_FIND = QuickSelect(
    select(
        *(api_token.c.id, api_token.c.person_id, api_token.c.rights, api_token.c.expires_at, api_token.c.last_used_at),
        organisation.c.version,
        func.now(),
    )
    .select_from(api_token.join(organisation, true()))
    .where(api_token.c.token_hash == bindparam("id"))
)
_OF = select(*_SHOWN).where(api_token.c.person_id == bindparam("person")).order_by(api_token.c.created_at, api_token.c.id)
_USED = update(api_token).where(api_token.c.id == bindparam("this")).values(last_used_at=bindparam("now"))
_DELETE = delete(api_token).where(api_token.c.id == bindparam("this"), api_token.c.person_id == bindparam("person"))
_OLD = select(api_token.c.id).where(api_token.c.expires_at <= bindparam("now")).limit(1)
_DELETE_OLD = delete(api_token).where(api_token.c.expires_at <= bindparam("now"))
_INSERT = insert(api_token)


def find(work: UnitOfWork, token_hash: bytes) -> PresentedToken | None:
    """One SELECT; `work.now` costs no second one after it."""
    row = work.quick_row(_FIND, {"id": token_hash})
    if row is None:
        return None
    id, person_id, rights, expires_at, last_used_at, version, now = row
    work.observe(now)
    return PresentedToken(id, person_id, frozenset(rights), expires_at, last_used_at, version)


def add(work: UnitOfWork, token: ApiToken, token_hash: bytes) -> None:
    values = {name: getattr(token, name) for name in ApiToken.__dataclass_fields__}
    with SEALED.changing(work):
        work.write(_INSERT, {**values, "rights": list(token.rights), "token_hash": token_hash})


def of(work: UnitOfWork, person_id: str) -> Sequence[ApiToken]:
    """The person's tokens, oldest first."""
    return [ApiToken(**{**row._mapping, "rights": tuple(row.rights)}) for row in work.rows(_OF, {"person": person_id})]


def used(work: UnitOfWork, id: uuid.UUID) -> None:
    work.write(_USED, {"this": id, "now": work.now})


def remove(work: UnitOfWork, id: uuid.UUID, person_id: str) -> int:
    with SEALED.changing(work):
        return work.write(_DELETE, {"this": id, "person": person_id})


def remove_old(work: UnitOfWork) -> int:
    now = {"now": work.now}
    if work.first(_OLD, now) is None:
        return 0
    with SEALED.changing(work):
        return work.write(_DELETE_OLD, now)
