"""Table webhook_delivery: what properly signed senders delivered and what became of it. An event is accepted once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from engine.facts.errors import Conflict
from engine.facts.sentences import Sentence
from engine.store.columns import Id, Json, Moment, Shaped
from engine.store.paging import Page, beyond, checked_limit, cut, decode, ordered
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

Status = Literal["accepted", "failed"]
_IS_ACCEPTED = text("status = 'accepted'")

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("endpoint_id", Id, ForeignKey("webhook_endpoint.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("headers", Json, nullable=False),
    Column("query", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("answer", Json),
    Column("sentence", Shaped(Sentence)),
    Column("process_instance_id", Id),
    Column("replay_of", Id),
    Column("signed_digest", String(64)),
    Index(
        "webhook_delivery_accepted",
        "endpoint_id",
        "event_id",
        unique=True,
        sqlite_where=_IS_ACCEPTED,
        postgresql_where=_IS_ACCEPTED,
    ),
    Index(
        "webhook_delivery_signed",
        "endpoint_id",
        "signed_digest",
        unique=True,
        sqlite_where=_IS_ACCEPTED,
        postgresql_where=_IS_ACCEPTED,
    ),
    Index(None, "endpoint_id", "received_at"),
    Index(None, "received_at"),
)


class EventRepeated(Conflict):
    """The event {id} was accepted before."""


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """`answer` is what the sender was told and is told again when it repeats the event; `sentence` says why it failed.

    `signed_digest` stands for what the sender has signed: an event repeated under another id has the same one.
    """

    id: uuid.UUID
    endpoint_id: uuid.UUID
    event_id: str
    received_at: datetime
    status: Status
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    answer: Mapping[str, Any] | None = None
    sentence: Sentence | None = None
    process_instance_id: uuid.UUID | None = None
    replay_of: uuid.UUID | None = None
    signed_digest: str | None = None


_COLUMNS = [webhook_delivery.c[field.name] for field in fields(WebhookDelivery)]
_ORDER = (webhook_delivery.c.received_at, webhook_delivery.c.id)
_OF_ENDPOINT = select(*_COLUMNS).where(webhook_delivery.c.endpoint_id == bindparam("endpoint"))
_BY_ID = select(*_COLUMNS).where(
    webhook_delivery.c.id == bindparam("this"), webhook_delivery.c.endpoint_id == bindparam("endpoint")
)
_ACCEPTED = select(*_COLUMNS).where(
    webhook_delivery.c.endpoint_id == bindparam("endpoint"),
    or_(webhook_delivery.c.event_id == bindparam("event"), webhook_delivery.c.signed_digest == bindparam("digest")),
    webhook_delivery.c.status == text("'accepted'"),
)
_SINCE = select(webhook_delivery.c.received_at).where(
    webhook_delivery.c.endpoint_id == bindparam("endpoint"),
    webhook_delivery.c.received_at > bindparam("since"),
    # Those that are still to come were received before the clock went back.
    webhook_delivery.c.received_at <= bindparam("now"),
)
_COUNT = select(func.count()).select_from(_SINCE.limit(bindparam("most")).subquery())
_INSERT = insert(webhook_delivery)
_ANSWERED = (
    update(webhook_delivery)
    .where(webhook_delivery.c.id == bindparam("this"))
    .values(answer=bindparam("told"), process_instance_id=bindparam("instance"))
)
_DELETE_OLD = delete(webhook_delivery).where(webhook_delivery.c.received_at <= bindparam("before"))


def latest(work: UnitOfWork, endpoint_id: uuid.UUID, *, after: str | None, limit: int) -> Page[WebhookDelivery]:
    """Newest first."""
    statement = _OF_ENDPOINT
    if after is not None:
        statement = statement.where(beyond(_ORDER, decode(after, (datetime.fromisoformat, uuid.UUID)), descending=True))
    rows = work.rows(ordered(statement, _ORDER, descending=True, limit=checked_limit(limit)), {"endpoint": endpoint_id})
    return cut([WebhookDelivery(*row) for row in rows], limit, lambda each: (each.received_at, each.id))


def find(work: UnitOfWork, endpoint_id: uuid.UUID, id: uuid.UUID) -> WebhookDelivery | None:
    row = work.first(_BY_ID, {"this": id, "endpoint": endpoint_id})
    return WebhookDelivery(*row) if row is not None else None


def find_accepted(work: UnitOfWork, delivery: WebhookDelivery) -> WebhookDelivery | None:
    """The one that said the same before: by the id of the event, or by what was signed."""
    keys = {"endpoint": delivery.endpoint_id, "event": delivery.event_id, "digest": delivery.signed_digest}
    row = work.first(_ACCEPTED, keys)
    return WebhookDelivery(*row) if row is not None else None


def count_since(work: UnitOfWork, endpoint_id: uuid.UUID, since: datetime, *, most: int) -> int:
    """Up to `most`."""
    return int(work.rows(_COUNT, {"endpoint": endpoint_id, "since": since, "now": work.now, "most": most})[0][0])


def add(work: UnitOfWork, delivery: WebhookDelivery) -> None:
    """Of two accepted at once that say the same the second waits for the first and is then EventRepeated."""
    try:
        work.write(_INSERT, {field.name: getattr(delivery, field.name) for field in fields(WebhookDelivery)})
    except IntegrityError:
        raise EventRepeated(id=delivery.event_id) from None


def answered(work: UnitOfWork, id: uuid.UUID, answer: Mapping[str, Any], process_instance_id: uuid.UUID | None) -> None:
    work.write(_ANSWERED, {"this": id, "told": answer, "instance": process_instance_id})


def remove_old(work: UnitOfWork, before: datetime) -> int:
    return work.write(_DELETE_OLD, {"before": before})
