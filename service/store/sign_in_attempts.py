"""Table sign_in_attempt: failures to sign in, counted per account and address, to slow guessing down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, bindparam, delete, select, text

from engine.store.columns import Moment
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    # The hash of what was typed: no list of addresses and accounts is kept, and the key has one length.
    Column("key", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", Moment, nullable=False),
    Column("failed_at", Moment, nullable=False),
    Index(None, "failed_at"),
)

_FIND = select(sign_in_attempt.c.failures, sign_in_attempt.c.blocked_until).where(sign_in_attempt.c.key == bindparam("this"))
_FAILED = text(
    "INSERT INTO sign_in_attempt (key, failures, blocked_until, failed_at) VALUES (:this, :count, :until, :now)"
    " ON CONFLICT (key) DO UPDATE SET failures = sign_in_attempt.failures + 1,"
    " blocked_until = excluded.blocked_until, failed_at = excluded.failed_at"
).bindparams(bindparam("until", type_=Moment()), bindparam("now", type_=Moment()))
_DELETE = delete(sign_in_attempt).where(sign_in_attempt.c.key == bindparam("this"))
_DELETE_OLD = delete(sign_in_attempt).where(sign_in_attempt.c.failed_at <= bindparam("before"))


def find(work: UnitOfWork, key: bytes) -> tuple[int, datetime | None]:
    """Failures so far, and until when no further attempt is looked at."""
    row = work.first(_FIND, {"this": key})
    return (row.failures, row.blocked_until) if row is not None else (0, None)


def failed(work: UnitOfWork, key: bytes, failures: int, blocked_until: datetime) -> None:
    """The `failures`-th one; of several at once each counts."""
    work.write(_FAILED, {"this": key, "count": failures, "until": blocked_until, "now": work.now})


def forget(work: UnitOfWork, key: bytes) -> None:
    work.write(_DELETE, {"this": key})


def remove_old(work: UnitOfWork, before: datetime) -> int:
    return work.write(_DELETE_OLD, {"before": before})
