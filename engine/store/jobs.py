"""Table job: work for a worker, outside of any transaction, at least once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Id, Json, Moment, metadata, partial_index
from engine.store.process_instances import process_instance

Status = Literal["open", "failed", "completed", "cancelled"]

job = Table(
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey(process_instance.c.id), nullable=False),
    Column("definition_id", Id, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element", String(255), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("connector", String(255), nullable=False),
    Column("inputs", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("status", String(10), nullable=False),
    Column("retries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("worker", String(200), nullable=True),
    Column("lease_until", Moment, nullable=True),
    Column("error", Text, nullable=True),
    Index("job_of_instance", "process_instance_id", "token", unique=True),
    partial_index("job_due", "due_at", "id", where="status = 'open'"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """`retries` are the tries left, `attempts` those begun. While it is worked on, `due_at` is the end of the lease."""

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    token: int
    element: str
    kind: Literal["connector", "topic"]
    connector: str
    inputs: Mapping[str, Any]
    created_at: datetime
    status: Status
    retries: int
    attempts: int
    due_at: datetime
    worker: str | None
    lease_until: datetime | None
    error: str | None
