"""Table subscription: who waits for a message or a signal - a process instance, or the start event of a newest version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Id, Moment, metadata, partial_index
from engine.store.process_instances import process_instance

Kind = Literal["message", "signal"]

subscription = Table(
    "subscription",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey(process_instance.c.id), nullable=True),
    Column("definition_id", Id, nullable=False),
    Column("key", String(255), nullable=True),
    Column("element", String(255), nullable=False),
    Column("token", Integer, nullable=True),
    Column("subscription", Integer, nullable=True),
    Column("kind", String(10), nullable=False),
    Column("name", String(255), nullable=False),
    Column("correlation_key", Text, nullable=True),
    Column("created_at", Moment, nullable=False),
    Index("subscription_of_instance", "process_instance_id", "subscription", unique=True),
    partial_index("subscription_of_definition", "key", where="key is not null"),
    Index("subscription_name", "kind", "name", "correlation_key", "id"),
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
