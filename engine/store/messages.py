"""Table message: messages nobody waited for yet. They are kept until somebody begins to wait, or until they expire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, Text, and_, bindparam, delete, exists, insert, or_, select

from engine.facts.widths import NAME
from engine.store.columns import Id, Json, Moment, columns_of, metadata, written
from engine.store.correlation import digest, digest_column
from engine.store.process_instances import process_instance
from engine.store.subscriptions import subscription
from engine.store.unit_of_work import UnitOfWork

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(NAME), nullable=False),
    Column("correlation_key", Text, nullable=True),
    digest_column(),
    Column("business_key", String(NAME), nullable=True),
    Column("variables", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("depth", Integer, nullable=False, server_default="0"),
    Index("message_name", "name", "correlation_digest", "id"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits for its receiver. `depth`: of its chain of starts by events; None when another system sends it now."""

    id: UUID
    name: str
    correlation_key: str | None
    business_key: str | None
    variables: Mapping[str, Any]
    created_at: datetime
    expires_at: datetime
    depth: int | None = 0


_COLUMNS = columns_of(message, Message)
_INSERT = insert(message)
_DELETE = delete(message).where(message.c.id == bindparam("row_id"))
_EXPIRED = delete(message).where(message.c.expires_at <= bindparam("now"))
_RECEIVER = exists().where(
    subscription.c.kind == written("message"),
    subscription.c.name == message.c.name,
    process_instance.c.id == subscription.c.process_instance_id,
    process_instance.c.status == written("running"),
)
_HAS_ITS_BUSINESS_KEY = process_instance.c.business_key == message.c.business_key
_key = subscription.c.correlation_digest
#: One look by an index for each way in which a receiver may be known.
_SOMEBODY_WAITS = or_(
    *(
        _RECEIVER.where(key, or_(message.c.business_key.is_(None), _HAS_ITS_BUSINESS_KEY)).correlate(message)
        for key in (_key.is_(None), _key == message.c.correlation_digest)
    ),
    and_(message.c.correlation_digest.is_(None), _RECEIVER.where(_HAS_ITS_BUSINESS_KEY).correlate(message)),
)
_WANTED = (
    select(*_COLUMNS)
    .where(_SOMEBODY_WAITS, message.c.expires_at > bindparam("now"))
    .order_by(message.c.id)
    .limit(1)
    .with_for_update(of=message, skip_locked=True)
)


def add(work: UnitOfWork, row: Message) -> None:
    values = {column.name: getattr(row, column.name) for column in _COLUMNS}
    work.write(_INSERT, {**values, "depth": row.depth or 0, "correlation_digest": digest(row.correlation_key)})


def take_wanted(work: UnitOfWork) -> Message | None:
    """The oldest message that somebody waits for by now, this unit of work's until it ends."""
    work.begin()
    row = work.first(_WANTED, {"now": work.now})
    return Message(*row) if row else None


def remove(work: UnitOfWork, id: UUID) -> None:
    work.write(_DELETE, {"row_id": id})


def remove_expired(work: UnitOfWork) -> int:
    return work.write(_EXPIRED, {"now": work.now})
