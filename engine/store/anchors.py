"""Tables anchor and anchored: what was written until a moment, in one digest that can be kept elsewhere.

An anchor holds what is new or has changed since the one before: the heads of chains of process instances, and the seals of
deployments. Its digest is over the one before it, so that the newest stands for all. Anchor 0 is the moment since when there are
chains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, bindparam, exists, func, insert, literal, select, text

from engine.store.columns import Bytes, Id, Moment, columns_of, metadata
from engine.store.deployments import deployment
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork

Kind = Literal["instance", "deployment"]

anchor = Table(
    "anchor",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("count", Integer, nullable=False),
    Column("root", Bytes, nullable=False),
    Column("digest", Bytes, nullable=False),
    Column("signature", LargeBinary, nullable=True),
)

anchored = Table(
    "anchored",
    metadata,
    Column("subject_id", Id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("anchor", Integer, nullable=False),
    Column("digest", Bytes, nullable=False),
    Index("anchored_by", "anchor", "subject_id"),
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """`count` things have changed since the one before; `root` is that of the tree over them, `digest` what may be signed."""

    number: int
    at: datetime
    count: int
    root: bytes
    digest: bytes
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Anchored:
    """The head of a process instance at a version, or the seal of a deployment (version 1)."""

    subject_id: UUID
    version: int
    kind: Kind
    anchor: int
    digest: bytes


#: Rows read at a time.
_PAGE = 10_000

#: Of PostgreSQL: two workers at the same time would both make the next one.
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(text("7318349394477057")))
_ALL = select(*columns_of(anchor, Anchor)).order_by(anchor.c.number)
_NEWEST = select(*columns_of(anchor, Anchor)).order_by(anchor.c.number.desc()).limit(1)
_SINCE = select(anchor.c.at).where(anchor.c.number == 0)
_INSERT = insert(anchor)
_COLUMNS = columns_of(anchored, Anchored)
_HELD = (
    select(*_COLUMNS)
    .where(anchored.c.anchor == bindparam("number"), anchored.c.subject_id > bindparam("after", type_=Id()))
    .order_by(anchored.c.subject_id)
    .limit(_PAGE)
)
_COUNT_HELD = select(func.count()).select_from(anchored).where(anchored.c.anchor == bindparam("number"))
_OF_SUBJECT = select(*_COLUMNS).where(anchored.c.subject_id == bindparam("id")).order_by(anchored.c.version)
_UNCHAINED = select(process_instance.c.id).where(func.length(process_instance.c.chain) == 0).limit(bindparam("most"))
_UNSEALED = select(deployment.c.id).where(func.length(deployment.c.seal) == 0).order_by(deployment.c.id)
_CHAIN = (
    process_instance.update()
    .where(process_instance.c.id == bindparam("row_id"))
    .values(chain=bindparam("new_chain"), seal=bindparam("new_seal"))
)


def _new(kind: Kind, table: Table, version: object, digest: Column[bytes]) -> object:
    """What no anchor holds yet, as rows of `anchored`."""
    is_held = exists().where(anchored.c.subject_id == table.c.id, anchored.c.version == version)
    values = select(table.c.id, version, literal(kind), bindparam("number", type_=Integer), digest)  # type: ignore[call-overload]
    return values.where(func.length(digest) > 0, ~is_held)


_HOLD = [
    insert(anchored).from_select(["subject_id", "version", "kind", "anchor", "digest"], found)  # type: ignore[arg-type]
    for found in (
        _new("instance", process_instance, process_instance.c.version, process_instance.c.chain),
        _new("deployment", deployment, literal(1), deployment.c.seal),
    )
]
_GONE = {
    kind: select(anchored.c.subject_id, func.max(anchored.c.anchor).label("anchor"))
    .where(anchored.c.kind == kind, ~exists().where(table.c.id == anchored.c.subject_id))
    .group_by(anchored.c.subject_id)
    for kind, table in (("instance", process_instance), ("deployment", deployment))
}
_LAST_NAMED = select(func.max(anchored.c.anchor))
_OTHER_SEALS = (
    select(deployment.c.id, anchored.c.anchor)
    .join(anchored, anchored.c.subject_id == deployment.c.id)
    .where(anchored.c.digest != deployment.c.seal)
)


def chained_since(work: UnitOfWork) -> datetime | None:
    """The moment since when there are chains; None when somebody has removed its row."""
    row = work.first(_SINCE)
    return row.at if row else None


def begin(work: UnitOfWork) -> None:
    """Opens the transaction of an anchor; others wait until it ends."""
    work.begin()
    if work.database.is_postgresql:
        work.rows(_ONE_AT_A_TIME)


def all_(work: UnitOfWork) -> list[Anchor]:
    """In order."""
    return [Anchor(*row) for row in work.rows(_ALL)]


def newest(work: UnitOfWork) -> Anchor | None:
    row = work.first(_NEWEST)
    return Anchor(*row) if row else None


def hold(work: UnitOfWork, number: int) -> int:
    """Holds what has changed since the anchor before; how many."""
    for statement in _HOLD:
        work.write(statement, {"number": number})
    return int(work.first(_COUNT_HELD, {"number": number})[0])


def add(work: UnitOfWork, row: Anchor) -> None:
    work.write(_INSERT, {column.name: getattr(row, column.name) for column in anchor.c})


def held(work: UnitOfWork, number: int) -> Iterator[Anchored]:
    """What an anchor holds, by id."""
    after: UUID | None = UUID(int=0)
    while after is not None:
        rows = [Anchored(*row) for row in work.rows(_HELD, {"number": number, "after": after})]
        yield from rows
        after = rows[-1].subject_id if len(rows) == _PAGE else None


def of_subject(work: UnitOfWork, id: UUID) -> list[Anchored]:
    """What anchors hold of one process instance or deployment, by version."""
    return [Anchored(*row) for row in work.rows(_OF_SUBJECT, {"id": id})]


def gone(work: UnitOfWork, kind: Kind) -> Iterator[tuple[UUID, int]]:
    """What anchors hold and is not there any more, with the last of them."""
    yield from ((row.subject_id, row.anchor) for row in work.rows(_GONE[kind]))


def other_seals(work: UnitOfWork) -> Iterator[tuple[UUID, int]]:
    """Deployments of which an anchor holds another seal than they have."""
    yield from ((row.id, row.anchor) for row in work.rows(_OTHER_SEALS))


def last_named(work: UnitOfWork) -> int:
    """The greatest number of an anchor that something is held by; 0 when nothing is."""
    return int(work.first(_LAST_NAMED)[0] or 0)


def unchained(work: UnitOfWork, most: int) -> Sequence[UUID]:
    """Process instances without a chain, some of them."""
    return [row.id for row in work.rows(_UNCHAINED, {"most": most})]


def unsealed(work: UnitOfWork) -> Sequence[UUID]:
    """Deployments without a seal."""
    return [row.id for row in work.rows(_UNSEALED)]


def give_chain(work: UnitOfWork, id: UUID, chain: bytes, seal: bytes) -> None:
    """To a process instance that had none."""
    work.write(_CHAIN, {"row_id": id, "new_chain": chain, "new_seal": seal})
