"""Notifications on their way by e-mail: columns of the table notification. One that has been given up has an error."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.store.notifications import notification


@dataclass(frozen=True, slots=True)
class Mail:
    """`attempts`: those begun, this one included."""

    id: uuid.UUID
    person_id: str
    process_instance_id: uuid.UUID | None
    subject: str
    text: str
    subject_en: str
    text_en: str
    attempts: int


_COLUMNS = (
    *(notification.c[name] for name in ("id", "person_id", "process_instance_id", "subject", "text", "subject_en", "text_en")),
    notification.c.mail_attempts,
)
_DUE = (
    select(notification.c.id)
    .where(notification.c.mail_due_at <= bindparam("now"))
    .order_by(notification.c.mail_due_at, notification.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(notification)
    .where(notification.c.id.in_(select(_DUE.cte("due").c.id)))
    .values(mail_due_at=bindparam("until"), mail_attempts=notification.c.mail_attempts + 1)
    .returning(*_COLUMNS)
)
_ONE = update(notification).where(notification.c.id == bindparam("row_id"))
_OVER = _ONE.values(mail_due_at=None)
_LATER = _ONE.values(mail_due_at=bindparam("until"))
_GIVE_UP = _ONE.values(mail_due_at=None, mail_error=bindparam("why"))
_GIVEN_UP = notification.c.mail_error.is_not(None)
_COUNT = select(func.count()).select_from(notification).where(_GIVEN_UP)
_REARM = update(notification).where(_GIVEN_UP).values(mail_due_at=bindparam("now"), mail_attempts=0, mail_error=None)
_BRING_BACK = update(notification).where(notification.c.mail_due_at > bindparam("furthest")).values(mail_due_at=bindparam("now"))
_WAITING = select(func.count(), func.min(notification.c.mail_due_at)).where(notification.c.mail_due_at <= bindparam("now"))


def take_due(work: UnitOfWork, *, limit: int, lease: timedelta) -> Sequence[Mail]:
    """Those that have waited longest, for this worker until the lease ends."""
    rows = work.written(_TAKE, {"now": work.now, "until": work.now + lease, "most": limit})
    return [Mail(*row) for row in rows]


def over(work: UnitOfWork, id: uuid.UUID) -> None:
    """It was sent, or nobody wants it."""
    work.write(_OVER, {"row_id": id})


def later(work: UnitOfWork, id: uuid.UUID, until: datetime) -> None:
    work.write(_LATER, {"row_id": id, "until": until})


def bring_back(work: UnitOfWork, furthest: datetime) -> int:
    """Those that are due later than any can be are due now."""
    return work.write(_BRING_BACK, {"furthest": furthest, "now": work.now})


def give_up(work: UnitOfWork, id: uuid.UUID, why: Sentence) -> None:
    """It is not tried again by itself."""
    work.write(_GIVE_UP, {"row_id": id, "why": why})


def count_given_up(work: UnitOfWork) -> int:
    return int(work.first(_COUNT)[0])


def retry_given_up(work: UnitOfWork) -> int:
    """All of them are due again. Answers how many."""
    return work.write(_REARM, {"now": work.now})


def waiting(work: UnitOfWork) -> tuple[int, datetime | None]:
    """How many are due, and since when the first of them."""
    count, oldest_at = work.first(_WAITING, {"now": work.now})
    return int(count), oldest_at
