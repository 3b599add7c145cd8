"""Table attachment: files that people add; the bytes lie in rows of their own, so that lists never touch them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Bytes, Id, Moment, metadata
from engine.store.process_instances import process_instance

attachment = Table(
    "attachment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey(process_instance.c.id), nullable=True),
    Column("user_task_id", Id, nullable=True),
    Column("name", Text, nullable=False),
    Column("content_type", String(255), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_by", String(200), nullable=False),
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
