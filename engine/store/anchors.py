"""Tables anchor and anchored: what was written until a moment, in one digest that can be kept elsewhere.

An anchor holds what is new or has changed since the one before: the heads of chains of process instances, and the digests of what
is deployed. Anchor 0 is the moment since when there are chains.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, select

from engine.store.columns import Bytes, Id, Moment, metadata
from engine.store.unit_of_work import UnitOfWork

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
    Index("anchored_by", "anchor"),
)

_SINCE = select(anchor.c.at).where(anchor.c.number == 0)


def chained_since(work: UnitOfWork) -> datetime | None:
    """The moment since when there are chains; None when somebody has removed its row."""
    row = work.first(_SINCE)
    return row.at if row else None
