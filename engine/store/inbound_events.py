"""Table inbound_event: what came from outside under an id of its sender, applied once; a repetition gets the first answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, String, Table

from engine.store.columns import Json, Moment, metadata

inbound_event = Table(
    "inbound_event",
    metadata,
    Column("id", String(400), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("answer", Json, nullable=True),
    Index("inbound_event_at", "at"),
)


@dataclass(frozen=True, slots=True)
class InboundEvent:
    id: str
    at: datetime
    answer: Mapping[str, Any] | None
