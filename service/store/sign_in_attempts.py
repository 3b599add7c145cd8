"""Table sign_in_attempt: tries to sign in that have not succeeded, to slow guessing down; and from where one has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, bindparam, delete, or_, select, text, update

from engine.store.columns import Moment
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    # A hash: no list of addresses and accounts is kept, and the key has one length.
    Column("key", LargeBinary(32), primary_key=True),
    # 0: not a failure, but a place from which somebody has signed in.
    Column("failures", Integer, nullable=False),
    Column("blocked_until", Moment, nullable=False),
    Column("failed_at", Moment, nullable=False),
    Index(None, "failed_at"),
)

_row = sign_in_attempt.c
_IS_KNOWN = select(_row.key).where(_row.key == bindparam("this"), _row.failures == 0)
#: Whoever counts second waits until the first has said how long it is blocked.
_COUNT = text(
    "INSERT INTO sign_in_attempt (key, failures, blocked_until, failed_at) VALUES (:this, 1, :now, :now)"
    " ON CONFLICT (key) DO UPDATE SET failures = sign_in_attempt.failures + 1, failed_at = excluded.failed_at"
    " RETURNING failures, blocked_until"
).columns(_row.failures, _row.blocked_until)
_COUNT = _COUNT.bindparams(bindparam("now", type_=Moment()))
_REMEMBER = text(
    "INSERT INTO sign_in_attempt (key, failures, blocked_until, failed_at) VALUES (:this, 0, :now, :now)"
    " ON CONFLICT (key) DO UPDATE SET failed_at = excluded.failed_at"
).bindparams(bindparam("now", type_=Moment()))
_ONE = update(sign_in_attempt).where(_row.key == bindparam("this"))
_BLOCK = _ONE.values(blocked_until=bindparam("until"))
_TAKE_BACK = _ONE.where(_row.failures > 1).values(failures=_row.failures - 1, blocked_until=bindparam("now"))
_DELETE = delete(sign_in_attempt).where(_row.key == bindparam("this"))
_DELETE_OLD = delete(sign_in_attempt).where(
    or_(_row.failed_at <= bindparam("known_before"), (_row.failed_at <= bindparam("before")) & (_row.failures > 0))
)


def count(work: UnitOfWork, key: bytes) -> tuple[int, datetime]:
    """One try more. How many there are now, and until when none is looked at. Nobody else counts before this transaction ends."""
    (row,) = work.written(_COUNT, {"this": key, "now": work.now})
    return row.failures, row.blocked_until


def block(work: UnitOfWork, key: bytes, until: datetime) -> None:
    work.write(_BLOCK, {"this": key, "until": until})


def take_back(work: UnitOfWork, key: bytes) -> None:
    """A try that was counted has succeeded."""
    if not work.write(_TAKE_BACK, {"this": key, "now": work.now}):
        forget(work, key)


def forget(work: UnitOfWork, key: bytes) -> None:
    work.write(_DELETE, {"this": key})


def remember(work: UnitOfWork, key: bytes) -> None:
    """A place from which somebody has signed in."""
    work.write(_REMEMBER, {"this": key, "now": work.now})


def is_known(work: UnitOfWork, key: bytes) -> bool:
    return work.first(_IS_KNOWN, {"this": key}) is not None


def remove_old(work: UnitOfWork, before: datetime, *, known_before: datetime) -> int:
    """Failures, and places that nobody has signed in from since."""
    return work.write(_DELETE_OLD, {"before": before, "known_before": known_before})
