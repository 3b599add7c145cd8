"""Table notification: short messages to one person each, shown at the bell until they are read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, bindparam, delete, func, insert, select, update

from engine.facts.sentences import Sentence
from engine.store.columns import Id, Moment, Shaped, partial_index
from engine.store.unit_of_work import UnitOfWork
from service.store.organisation import Name
from service.store.schema import metadata

notification = Table(
    "notification",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Name, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("process_instance_id", Id),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("subject_en", String(200), nullable=False, server_default=""),
    Column("text_en", Text, nullable=False, server_default=""),
    Column("mail_due_at", Moment),
    Column("mail_attempts", Integer, nullable=False, server_default="0"),
    Column("mail_error", Shaped(Sentence)),
    Index(None, "person_id", "created_at", "id"),
    Index(None, "created_at"),
    partial_index("notification_unread", "person_id", where="read_at is null"),
    partial_index("notification_mail_due", "mail_due_at", "id", where="mail_due_at is not null"),
    partial_index("notification_mail_failed", "id", where="mail_error is not null"),
)


@dataclass(frozen=True, slots=True)
class Notification:
    """`process_instance_id` is the case it is about, when there is one. Without English words the others are shown."""

    id: uuid.UUID
    person_id: str
    process_instance_id: uuid.UUID | None
    subject: str
    text: str
    created_at: datetime
    read_at: datetime | None = None
    subject_en: str = ""
    text_en: str = ""


_SHOWN = [getattr(notification.c, name) for name in Notification.__dataclass_fields__]
_UNREAD = (notification.c.person_id == bindparam("person"), notification.c.read_at.is_(None))
_KNOWN = select(notification.c.id).where(notification.c.id.in_(bindparam("ids", expanding=True)))
_INSERT = insert(notification)
_LATEST = (
    select(*_SHOWN)
    .where(notification.c.person_id == bindparam("person"))
    .order_by(notification.c.created_at.desc(), notification.c.id.desc())
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(notification).where(*_UNREAD)
_READ = update(notification).where(*_UNREAD).values(read_at=bindparam("now"))
_DELETE_OLD = delete(notification).where(notification.c.created_at <= bindparam("before"))


def add(work: UnitOfWork, notifications: Sequence[Notification], *, is_mailed: bool = False) -> None:
    """Adds those whose ids are new: what is told twice is shown once, and mailed once."""
    work.begin()
    known = {row.id for row in work.rows(_KNOWN, {"ids": [each.id for each in notifications]})}
    rows = [
        {
            **{name: getattr(each, name) for name in Notification.__dataclass_fields__},
            "mail_due_at": each.created_at if is_mailed else None,
        }
        for each in notifications
        if each.id not in known
    ]
    if rows:
        work.write(_INSERT, rows)


def latest(work: UnitOfWork, person: str, limit: int = 50) -> Sequence[Notification]:
    """Newest first."""
    return [Notification(**row._mapping) for row in work.rows(_LATEST, {"person": person, "limit": limit})]


def count_unread(work: UnitOfWork, person: str) -> int:
    return int(work.rows(_COUNT, {"person": person})[0][0])


def mark_read(work: UnitOfWork, person: str) -> int:
    return work.write(_READ, {"person": person, "now": work.now})


def remove_old(work: UnitOfWork, before: datetime) -> int:
    return work.write(_DELETE_OLD, {"before": before})
