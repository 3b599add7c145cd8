"""Table subscription: who waits for a message or a signal - a process instance, or the start event of a newest version."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, Text, bindparam, delete, insert, select, true, union_all

from engine.facts.widths import NAME
from engine.store.columns import Id, Moment, columns_of, metadata, partial_index, written
from engine.store.correlation import digest, digest_column
from engine.store.paging import written_out
from engine.store.process_instances import StoredInstance, process_instance
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork
from engine.store.with_instance import WithInstance

Kind = Literal["message", "signal"]

subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=True),
    Column("definition_id", Id, nullable=False),
    Column("key", String(NAME), nullable=True),
    Column("element", String(NAME), nullable=False),
    Column("token", Integer, nullable=True),
    Column("subscription", Integer, nullable=True),
    Column("kind", String(10), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("correlation_key", Text, nullable=True),
    digest_column(),
    Column("created_at", Moment, nullable=False),
    Index("subscription_of_instance", "process_instance_id", "subscription", unique=True),
    partial_index("subscription_open_at", "element", "process_instance_id", where="process_instance_id is not null"),
    partial_index("subscription_of_definition", "key", where="key is not null"),
    Index("subscription_name", "kind", "name", "correlation_digest", "id"),
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Of a process instance (with its number there) or of a definition's start event (with its key)."""

    id: UUID
    process_instance_id: UUID | None
    definition_id: UUID
    key: str | None
    element: str
    token: int | None
    subscription: int | None
    kind: Kind
    name: str
    correlation_key: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """As a step writes it."""

    id: UUID
    definition_id: UUID
    element: str
    token: int
    subscription: int
    kind: Kind
    name: str
    correlation_key: str | None
    correlation_digest: str | None
    created_at: datetime


#: Receivers that are tried when those before were taken by other messages meanwhile.
CANDIDATES = written_out(20)

_COLUMNS = columns_of(subscription, Subscription)
_ALL = select(*_COLUMNS)
_INSERT = insert(subscription)
_DELETE_STARTS = delete(subscription).where(subscription.c.key == bindparam("row_key"))
_JOINED = subscription.join(process_instance, process_instance.c.id == subscription.c.process_instance_id)
_WITH_INSTANCE = WithInstance(subscription, Subscription)
_BY_ID = _ALL.where(subscription.c.id == bindparam("id"))
_SEVERAL = _ALL.where(subscription.c.id.in_(bindparam("ids", expanding=True)))
_OF_INSTANCE = _ALL.where(subscription.c.process_instance_id == bindparam("id")).order_by(subscription.c.id)
_STARTS = _ALL.where(
    subscription.c.kind == bindparam("kind"), subscription.c.name == bindparam("name"), subscription.c.key.is_not(None)
).order_by(subscription.c.id)
_LISTENING = _ALL.where(subscription.c.kind == "signal", subscription.c.name == bindparam("name")).order_by(subscription.c.id)


def replace_starts(work: UnitOfWork, key: str, rows: Sequence[Subscription]) -> None:
    """What the start events of a process wait for, those of its newest version."""
    work.write(_DELETE_STARTS, {"row_key": key})
    if rows:
        work.write(_INSERT, [{column.name: getattr(row, column.name) for column in _COLUMNS} for row in rows])


def waiting(work: UnitOfWork, name: str, *, correlation_key: str | None, business_key: str | None) -> tuple[Subscription, ...]:
    """Running process instances that wait for such a message, the one that has waited longest first; the first `CANDIDATES`."""
    found = _waiting("running", correlation_key is not None, business_key is not None)
    keys = {"name": name, "digest": digest(correlation_key), "business_key": business_key}
    return tuple(Subscription(*row) for row in work.quick_rows(found, keys))


def is_suspended_receiver(work: UnitOfWork, name: str, *, correlation_key: str | None, business_key: str | None) -> bool:
    """Whether a suspended process instance waits for such a message."""
    found = _waiting("suspended", correlation_key is not None, business_key is not None)
    keys = {"name": name, "digest": digest(correlation_key), "business_key": business_key}
    return work.quick_row(found, keys) is not None


@lru_cache
def _waiting(status: Literal["running", "suspended"], has_key: bool, has_business_key: bool) -> QuickSelect:
    """Who waits without a key, and who waits with this one, each by the index. With a business key only instances that have it
    wait; without a key of its own the message finds those whatever they wait with."""
    fitting = _ALL.select_from(_JOINED).where(
        subscription.c.kind == written("message"),
        subscription.c.name == bindparam("name"),
        process_instance.c.status == written(status),
    )
    if has_business_key:
        fitting = fitting.where(process_instance.c.business_key == bindparam("business_key"))
    key = subscription.c.correlation_digest
    own = [key == bindparam("digest", type_=String)] if has_key else []
    keys = [key.is_(None), *own] if has_key or not has_business_key else [true()]
    # Ordered by the key too, of which there is one: so the index is known to have this order.
    parts = [select(fitting.where(each).order_by(key, subscription.c.id).limit(CANDIDATES).subquery()) for each in keys]
    found = union_all(*parts).subquery()
    return QuickSelect(select(found).order_by(found.c.id).limit(CANDIDATES))


def starts(work: UnitOfWork, kind: Kind, name: str) -> tuple[Subscription, ...]:
    """Start events that such a message or signal begins."""
    return tuple(Subscription(*row) for row in work.rows(_STARTS, {"kind": kind, "name": name}))


def listening(work: UnitOfWork, name: str) -> tuple[Subscription, ...]:
    """Everybody who waits for the signal: process instances and start events."""
    return tuple(Subscription(*row) for row in work.rows(_LISTENING, {"name": name}))


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> tuple[Subscription, ...]:
    """In the order in which they were opened."""
    return tuple(Subscription(*row) for row in work.rows(_OF_INSTANCE, {"id": process_instance_id}))


def several(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Subscription]:
    """Those of these ids that there are."""
    found = (Subscription(*row) for row in work.rows(_SEVERAL, {"ids": list(ids)})) if ids else ()
    return {each.id: each for each in found}


def find(work: UnitOfWork, id: UUID) -> Subscription | None:
    row = work.first(_BY_ID, {"id": id})
    return Subscription(*row) if row else None


def find_with_instance(work: UnitOfWork, id: UUID, *, locked: bool) -> tuple[Subscription, StoredInstance] | None:
    found = _WITH_INSTANCE.find(work, id, locked=locked)
    return (Subscription(*found[0]), found[1]) if found else None
