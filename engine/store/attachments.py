"""Table attachment: files that people add; the bytes lie in rows of their own, so that lists never touch them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, bindparam, delete, insert, select

from engine.facts.widths import NAME, PERSON
from engine.store.columns import Bytes, Id, Moment, metadata
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork

attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey(process_instance.c.id), nullable=True),
    Column("user_task_id", Id, nullable=True),
    Column("name", Text, nullable=False),
    Column("content_type", String(NAME), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_by", String(PERSON), nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("attachment_of_instance", "process_instance_id", "id"),
)

attachment_content = Table(
    "attachment_content",
    metadata,
    Column("attachment_id", Id, ForeignKey(attachment.c.id), primary_key=True),
    Column("content", Bytes, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """Of a process instance; of nothing yet while a start form is being filled in (then only who added it sees it)."""

    id: UUID
    process_instance_id: UUID | None
    user_task_id: UUID | None
    name: str
    content_type: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime


_COLUMNS = list(attachment.c)
_BY_ID = select(*_COLUMNS).where(attachment.c.id == bindparam("id"))
_AMONG = select(*_COLUMNS).where(attachment.c.id.in_(bindparam("ids", expanding=True)))
_OF_INSTANCE = select(*_COLUMNS).where(attachment.c.process_instance_id == bindparam("id")).order_by(attachment.c.id)
_CONTENT = select(attachment_content.c.content).where(attachment_content.c.attachment_id == bindparam("id"))
_LOOSE = select(attachment.c.id).where(attachment.c.process_instance_id.is_(None), attachment.c.added_at < bindparam("before"))
_ALL_LOOSE = select(*_COLUMNS).where(attachment.c.process_instance_id.is_(None)).order_by(attachment.c.id)
_REMOVE_CONTENT = delete(attachment_content).where(attachment_content.c.attachment_id.in_(_LOOSE))
_REMOVE = delete(attachment).where(attachment.c.id.in_(_LOOSE))
_INSERT = insert(attachment)
_INSERT_CONTENT = insert(attachment_content)


def add(work: UnitOfWork, row: Attachment, content: bytes) -> None:
    work.write(_INSERT, {column.name: getattr(row, column.name) for column in _COLUMNS})
    work.write(_INSERT_CONTENT, {"attachment_id": row.id, "content": content})


def find(work: UnitOfWork, id: UUID) -> Attachment | None:
    row = work.first(_BY_ID, {"id": id})
    return Attachment(*row) if row else None


def among(work: UnitOfWork, ids: Collection[UUID]) -> tuple[Attachment, ...]:
    """Those that there are, in no order."""
    return tuple(Attachment(*row) for row in work.rows(_AMONG, {"ids": list(ids)})) if ids else ()


def find_content(work: UnitOfWork, id: UUID) -> bytes | None:
    row = work.first(_CONTENT, {"id": id})
    return bytes(row.content) if row else None


def loose(work: UnitOfWork) -> tuple[Attachment, ...]:
    """Those that belong to nothing yet."""
    return tuple(Attachment(*row) for row in work.rows(_ALL_LOOSE))


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> tuple[Attachment, ...]:
    return tuple(Attachment(*row) for row in work.rows(_OF_INSTANCE, {"id": process_instance_id}))


def remove_loose(work: UnitOfWork, before: datetime) -> int:
    """Files added before that moment which belong to nothing."""
    work.write(_REMOVE_CONTENT, {"before": before})
    return work.write(_REMOVE, {"before": before})
