"""Table webhook_endpoint: which sender may start, correlate or signal what. The secret is kept encrypted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text, bindparam, delete, insert, select, update

from engine.facts.sentences import Sentence
from engine.store.columns import Id, Moment, Shaped
from engine.store.unit_of_work import UnitOfWork
from service.store.organisation import Name
from service.store.schema import metadata
from service.store.seals import Sealed

Style = Literal["liuzhuan", "github", "gitlab", "stripe"]
Effect = Literal["start", "message", "signal"]

webhook_endpoint = Table(
    "webhook_endpoint",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Name, nullable=False, unique=True),
    Column("style", String(16), nullable=False),
    Column("effect", String(16), nullable=False),
    Column("target", String(200), nullable=False),
    Column("variables", Text, nullable=False),
    Column("business_key", Text, nullable=False),
    Column("correlation_key", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("acts_as", Name),
    Column("is_enabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Name, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("refused_count", Integer, nullable=False),
    Column("refused_at", Moment),
    Column("refused_why", Shaped(Sentence)),
)

#: All but what strangers make it count.
SEALED = Sealed(
    webhook_endpoint,
    (
        *("id", "name", "style", "effect", "target", "variables", "business_key", "correlation_key", "event_id"),
        *("acts_as", "is_enabled", "created_at", "created_by", "secret"),
    ),
)


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """`target` is a process definition's key, a message's or a signal's name, as `effect` says.

    `variables`, `business_key`, `correlation_key` and `event_id` are FEEL over `body`, `headers`, `query`; empty: not used.
    `acts_as` is the person in whose name a process is started; None: nobody's. `secret` is encrypted. Deliveries that were
    not signed as agreed are only counted, so that strangers cannot fill the log.
    """

    id: uuid.UUID
    name: str
    style: Style
    effect: Effect
    target: str
    variables: str
    business_key: str
    correlation_key: str
    event_id: str
    acts_as: str | None
    is_enabled: bool
    created_at: datetime
    created_by: str
    secret: bytes
    refused_count: int = 0
    refused_at: datetime | None = None
    refused_why: Sentence | None = None


_COLUMNS = [webhook_endpoint.c[field.name] for field in fields(WebhookEndpoint)]
_ALL = select(*_COLUMNS).order_by(webhook_endpoint.c.name)
_BY_NAME = select(*_COLUMNS).where(webhook_endpoint.c.name == bindparam("this"))
_BY_ID = select(*_COLUMNS).where(webhook_endpoint.c.id == bindparam("this"))
_INSERT = insert(webhook_endpoint)
_REFUSED = (
    update(webhook_endpoint)
    .where(webhook_endpoint.c.id == bindparam("this"))
    .values(refused_count=webhook_endpoint.c.refused_count + 1, refused_at=bindparam("now"), refused_why=bindparam("why"))
)
_RENEW = (
    update(webhook_endpoint)
    .where(webhook_endpoint.c.id == bindparam("this"), webhook_endpoint.c.secret == bindparam("before"))
    .values(secret=bindparam("after"))
)
_DELETE = delete(webhook_endpoint).where(webhook_endpoint.c.id == bindparam("this"))


def all_(work: UnitOfWork) -> Sequence[WebhookEndpoint]:
    return [WebhookEndpoint(*row) for row in work.rows(_ALL)]


def find(work: UnitOfWork, id: uuid.UUID) -> WebhookEndpoint | None:
    row = work.first(_BY_ID, {"this": id})
    return WebhookEndpoint(*row) if row is not None else None


def find_named(work: UnitOfWork, name: str) -> WebhookEndpoint | None:
    row = work.first(_BY_NAME, {"this": name})
    return WebhookEndpoint(*row) if row is not None else None


def add(work: UnitOfWork, endpoint: WebhookEndpoint) -> None:
    with SEALED.changing(work):
        work.write(_INSERT, {field.name: getattr(endpoint, field.name) for field in fields(WebhookEndpoint)})


def change(work: UnitOfWork, id: uuid.UUID, values: dict[str, Any]) -> None:
    with SEALED.changing(work):
        work.write(update(webhook_endpoint).where(webhook_endpoint.c.id == id).values(**values))


def renew_secret(work: UnitOfWork, id: uuid.UUID, before: bytes, after: bytes) -> int:
    """The same secret under another key; 0 when another one has been entered meanwhile."""
    with SEALED.changing(work):
        return work.write(_RENEW, {"this": id, "before": before, "after": after})


def refused(work: UnitOfWork, id: uuid.UUID, why: Sentence) -> None:
    work.write(_REFUSED, {"this": id, "now": work.now, "why": why})


def remove(work: UnitOfWork, id: uuid.UUID) -> None:
    with SEALED.changing(work):
        work.write(_DELETE, {"this": id})
