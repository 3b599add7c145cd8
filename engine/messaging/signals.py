"""Signals: for everybody who listens, process instances and start events. Each receives it in a transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.facts.values import checked_text, checked_variables
from engine.store import inbound_events, outbox, subscriptions
from engine.store.outbox import OutboxRow
from engine.store.unit_of_work import UnitOfWork

__all__ = ["spread", "throw"]


def throw(work: UnitOfWork, name: str, variables: Mapping[str, Any] | None = None, *, event_id: str | None = None) -> int:
    """From outside. Answers how many will receive it; the same `event_id` again reaches nobody."""
    access.right(work, "operate", to=Sentence("throw signals"))
    checked_text(name, Sentence("the name of the signal"))
    if event_id is not None:
        checked_text(event_id, Sentence("the event id"), most=inbound_events.LONGEST_ID)
    values = checked_variables(variables or {})
    if event_id is not None and not inbound_events.is_new(work, event_id):
        return 0
    return spread(work, name, values)


def spread(
    work: UnitOfWork,
    name: str,
    variables: Mapping[str, Any],
    *,
    process_instance_id: UUID | None = None,
    thrown_at: datetime | None = None,
    depth: int = 0,
) -> int:
    """One delivery for each of those who have listened since before it was thrown, without the time: now.

    `process_instance_id` is who has thrown it, and had its own share then; `depth` is of the chain of starts that led to it.
    """
    now = work.now
    happened_at = thrown_at or now
    deliveries = [
        OutboxRow(
            id=new_id(now),
            process_instance_id=process_instance_id,
            kind="delivery",
            body={"subscription": str(listening.id), "variables": dict(variables)},
            created_at=happened_at,
            due_at=now,
            attempts=0,
            done_at=None,
            error=None,
            depth=depth,
        )
        for listening in subscriptions.listening(work, name)
        if listening.created_at <= happened_at
        and (process_instance_id is None or listening.process_instance_id != process_instance_id)
    ]
    outbox.add(work, deliveries)
    return len(deliveries)
