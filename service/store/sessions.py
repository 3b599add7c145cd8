"""Table session: who is signed in. Of the id that the browser holds only the hash is kept."""

from __future__ import annotations

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

from engine.store.columns import Moment
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork
from service.store.organisation import Name, organisation
from service.store.schema import metadata

session = Table(
    "session",
    metadata,
    Column("id_hash", LargeBinary(32), primary_key=True),
    Column("person_id", Name, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("address", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "person_id"),
    Index(None, "expires_at"),
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session and the version of the organisation, which the same SELECT brings along."""

    person_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    organisation_version: int


_FIND = QuickSelect(
    select(session.c.person_id, session.c.created_at, session.c.seen_at, session.c.expires_at, organisation.c.version, func.now())
    .select_from(session.join(organisation, true()))
    .where(session.c.id_hash == bindparam("id"))
)
_INSERT = insert(session)
_SEEN = update(session).where(session.c.id_hash == bindparam("this")).values(seen_at=bindparam("now"))
_DELETE = delete(session).where(session.c.id_hash == bindparam("this"))
_DELETE_OF = delete(session).where(session.c.person_id == bindparam("person"))
_DELETE_OLD = delete(session).where((session.c.expires_at <= bindparam("now")) | (session.c.seen_at <= bindparam("idle_since")))


def find(work: UnitOfWork, id_hash: bytes) -> SessionRow | None:
    """One SELECT; `work.now` costs no second one after it."""
    row = work.quick_row(_FIND, {"id": id_hash})
    if row is None:
        return None
    *facts, now = row
    work.observe(now)
    return SessionRow(*facts)


def add(work: UnitOfWork, id_hash: bytes, person_id: str, *, address: str, expires_at: datetime) -> None:
    moments = {"created_at": work.now, "seen_at": work.now, "expires_at": expires_at}
    work.write(_INSERT, {"id_hash": id_hash, "person_id": person_id, "address": address, **moments})


def seen(work: UnitOfWork, id_hash: bytes) -> None:
    work.write(_SEEN, {"this": id_hash, "now": work.now})


def remove(work: UnitOfWork, id_hash: bytes) -> None:
    work.write(_DELETE, {"this": id_hash})


def remove_of(work: UnitOfWork, person_id: str) -> int:
    return work.write(_DELETE_OF, {"person": person_id})


def remove_old(work: UnitOfWork, *, idle_since: datetime) -> int:
    return work.write(_DELETE_OLD, {"now": work.now, "idle_since": idle_since})
