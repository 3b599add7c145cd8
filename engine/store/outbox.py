"""Table outbox: what one transaction leaves for others to do, written in it and done after it.

Kinds `message` and `signal` go to other process instances, `notification` and `webhook` leave the engine. Nothing refers to it by
foreign key, so that it can be partitioned by month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, Text

from engine.store.columns import Id, Json, Moment, metadata, partial_index

Kind = Literal["message", "signal", "delivery", "notification", "webhook"]

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=True),
    Column("kind", String(20), nullable=False),
    Column("body", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Moment, nullable=True),
    Column("error", Text, nullable=True),
    partial_index("outbox_due", "due_at", "id", where="done_at is null"),
    Index("outbox_of_instance", "process_instance_id"),
)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """`id` is the idempotency key for the receiver."""

    id: UUID
    process_instance_id: UUID | None
    kind: Kind
    body: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    attempts: int
    done_at: datetime | None
    error: str | None
