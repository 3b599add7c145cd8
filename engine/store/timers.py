"""Table timer: what becomes due. A fired timer's row is gone; that it fired stands in the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from engine.store.columns import Id, Moment, metadata, partial_index
from engine.store.process_instances import process_instance

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, ForeignKey(process_instance.c.id), nullable=True),
    Column("definition_id", Id, nullable=False),
    Column("key", String(255), nullable=True),
    Column("element", String(255), nullable=False),
    Column("token", Integer, nullable=True),
    Column("subscription", Integer, nullable=True),
    Column("due_at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("fired", Integer, nullable=False, server_default="0"),
    Column("is_parked", Boolean, nullable=False),
    Index("timer_of_instance", "process_instance_id", "subscription", unique=True),
    partial_index("timer_of_definition", "key", where="key is not null"),
    partial_index("timer_due", "due_at", "id", where="not is_parked"),
)


@dataclass(frozen=True, slots=True)
class Timer:
    """Of a process instance (with its subscription) or of a definition's start event (with its key).

    `since` is when it began to wait and `fired` how often it has fired: from both, a start event's next moment follows.
    A parked timer could not be fired; it waits for its incident.
    """

    id: UUID
    process_instance_id: UUID | None
    definition_id: UUID
    key: str | None
    element: str
    token: int | None
    subscription: int | None
    due_at: datetime
    since: datetime
    fired: int
    is_parked: bool
