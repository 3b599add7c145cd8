"""Table idempotency_key: the answers already given to requests that carried an Idempotency-Key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.facts.errors import Conflict
from engine.facts.sentences import Sentence
from engine.store.columns import Moment
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

idempotency_key = Table(
    "idempotency_key",
    metadata,
    # The hash of actor, method, path and key.
    Column("key", LargeBinary(32), primary_key=True),
    Column("request_hash", LargeBinary(32), nullable=False),
    Column("status", Integer),
    Column("answer", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Index(None, "created_at"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that was answered before."""

    request_hash: bytes
    status: int
    answer: bytes


_FIND = select(idempotency_key.c.request_hash, idempotency_key.c.status, idempotency_key.c.answer).where(
    idempotency_key.c.key == bindparam("this")
)
_INSERT = insert(idempotency_key)
_ANSWER = (
    update(idempotency_key)
    .where(idempotency_key.c.key == bindparam("this"))
    .values(status=bindparam("code"), answer=bindparam("body"))
)
_DELETE_OLD = delete(idempotency_key).where(idempotency_key.c.created_at <= bindparam("before"))


def find(work: UnitOfWork, key: bytes) -> Answered | None:
    row = work.first(_FIND, {"this": key})
    return Answered(*row) if row is not None else None


def reserve(work: UnitOfWork, key: bytes, request_hash: bytes) -> None:
    """In the transaction of the request itself: of two at once the second one is refused."""
    try:
        work.write(_INSERT, {"key": key, "request_hash": request_hash, "created_at": work.now})
    except IntegrityError:
        raise Conflict(what=Sentence("The request with this Idempotency-Key")) from None


def answer(work: UnitOfWork, key: bytes, status: int, body: bytes) -> None:
    work.write(_ANSWER, {"this": key, "code": status, "body": body})


def remove_old(work: UnitOfWork, before: datetime) -> int:
    return work.write(_DELETE_OLD, {"before": before})
