"""Table seal: of each kind of rows that few write and much depends on, one digest over all of them, so that a hand is noticed.

Who writes such rows does it within `Sealed.changing`. Columns that are written with every use are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Column, Row, Select, String, Table, bindparam, select, update

from engine.store.columns import Bytes
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

seal = Table(
    "seal",
    metadata,
    #: The name of the table that is sealed.
    Column("kind", String(64), primary_key=True),
    #: Empty until it is written for the first time.
    Column("digest", Bytes, nullable=False),
)

_SEAL = select(seal.c.digest).where(seal.c.kind == bindparam("this"))
_HOLD = update(seal).where(seal.c.kind == bindparam("this")).values(digest=seal.c.digest)
_WRITE = update(seal).where(seal.c.kind == bindparam("this")).values(digest=bindparam("new_digest"))


def digest(rows: Mapping[str, Sequence[Row[Any]]]) -> bytes:
    """Over rows by the name of their table, in whatever order they come."""
    parts = [[name, sorted(orjson.dumps(list(row), default=_hex).decode() for row in found)] for name, found in rows.items()]
    return sha256(orjson.dumps(parts)).digest()


def _hex(value: Any) -> str:
    return bytes(value).hex()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table of which these columns are sealed."""

    table: Table
    columns: tuple[str, ...]

    def is_as_sealed(self, work: UnitOfWork) -> bool | None:
        """None where nothing was sealed yet; False also where the seal is gone."""
        row = work.first(_SEAL, {"this": self.table.name})
        if row is None:
            return False
        return bytes(row.digest) == self._digest(work) if row.digest else None

    @contextmanager
    def changing(self, work: UnitOfWork) -> Iterator[None]:
        """What is written within is sealed; nobody else writes such rows until the unit of work ends. What a hand has changed
        before stays noticed."""
        work.write(_HOLD, {"this": self.table.name})
        is_as_sealed = self.is_as_sealed(work)
        yield
        if is_as_sealed is not False:
            self.seal(work)

    def seal(self, work: UnitOfWork) -> None:
        """As the rows are now."""
        kept = {"this": self.table.name, "new_digest": self._digest(work)}
        if not work.write(_WRITE, kept):
            work.write(seal.insert(), {"kind": self.table.name, "digest": kept["new_digest"]})

    def _digest(self, work: UnitOfWork) -> bytes:
        rows: Select[Any] = select(*(self.table.c[name] for name in self.columns))
        return digest({self.table.name: work.rows(rows)})
