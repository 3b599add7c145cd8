"""Table incident: what nobody foresaw, at one element of one process instance, with what would be tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Id, Moment, metadata

Kind = Literal["step", "job", "timer", "message", "assignment"]

incident = Table(
    "incident",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey("process_instance.id"), nullable=False),
    Column("definition_id", Id, nullable=False),
    Column("element", String(255), nullable=False),
    Column("token", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("cause", Text, nullable=False),
    Column("trigger_id", Id, nullable=True),
    Column("count", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("resolved_at", Moment, nullable=True),
    Column("resolved_by", String(200), nullable=True),
    Index("incident_of_instance", "process_instance_id", "token"),
    Index("incident_open", "process_instance_id", "id", postgresql_where="resolved_at is null", sqlite_where="resolved_at is null"),
)


@dataclass(frozen=True, slots=True)
class Incident:
    """`trigger_id` is the parked job, timer or outbox row; `count` how often the same has failed, last at `last_at`."""

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    element: str
    token: int
    kind: Kind
    cause: str
    trigger_id: UUID | None
    count: int
    created_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
