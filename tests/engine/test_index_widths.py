"""No row that fits its table is refused by an index: PostgreSQL takes entries of about 2,700 bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, UniqueConstraint, Uuid

import engine.store
import service.store
from engine.store import columns
from engine.store.columns import Moment
from service.store import schema
from tests.documentation.modules import modules

MOST = 2_700
#: Bytes of a value; a character has at most four of them, and the length is written before it.
WIDTHS = {Uuid: 16, Integer: 4, Boolean: 1, Moment: 8}
ENTRY = 16


def entries(metadata: MetaData) -> Iterator[tuple[str, Sequence[Column[object]]]]:
    for table in metadata.sorted_tables:
        yield f"{table.name} by key", tuple(table.primary_key.columns)
        for index in table.indexes:
            yield str(index.name), tuple(index.columns)
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield f"{table.name} {constraint.name}", tuple(constraint.columns)


def width(column: Column[object]) -> float:
    if isinstance(column.type, String):
        return float("inf") if column.type.length is None else 4 * column.type.length + 4
    if isinstance(column.type, LargeBinary):
        return float("inf") if column.type.length is None else column.type.length + 4
    return next((width for kind, width in WIDTHS.items() if isinstance(column.type, kind)), float("inf"))


def test_every_entry_of_every_index_fits() -> None:
    assert list(modules(engine.store, service.store))
    found = {name: ENTRY + sum(map(width, of)) for each in (columns.metadata, schema.metadata) for name, of in entries(each)}
    assert len(found) > 60
    assert {name: bytes for name, bytes in found.items() if bytes > MOST} == {}
