"""Table message: messages nobody waited for yet. They are kept until somebody begins to wait, or until they expire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, Text

from engine.store.columns import Id, Json, Moment, metadata

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("correlation_key", Text, nullable=True),
    Column("business_key", String(255), nullable=True),
    Column("variables", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("message_name", "name", "correlation_key", "id"),
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits for its receiver."""

    id: UUID
    name: str
    correlation_key: str | None
    business_key: str | None
    variables: Mapping[str, Any]
    created_at: datetime
    expires_at: datetime
