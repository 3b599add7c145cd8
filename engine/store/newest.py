"""Sets of ids in parts, each of which an index finds: all of them, or the newest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, false, intersect, null, select, union, union_all

from engine.store.columns import Id


@dataclass(frozen=True, slots=True)
class Span:
    """From one id on, until before another one."""

    first: UUID | None = None
    before: UUID | None = None

    def of(self, id: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
        if self.first is not None:
            yield id >= self.first
        if self.before is not None:
            yield id < self.before


_NOTHING = select(cast(null(), Id)).where(false())


def together(parts: Iterable[Select[Any]]) -> Any:
    """All ids of the parts, some of them twice: for IN."""
    found = list(parts)
    return union_all(*found) if found else _NOTHING


def each_once(parts: Iterable[Select[Any]]) -> Any:
    """All ids of the parts."""
    found = list(parts)
    return union(*found) if found else _NOTHING


def common(sets: Sequence[Any]) -> Any:
    """Ids that are in all of the sets. Joined to a table by one IN each, its rows would be read for a whole set."""
    return sets[0] if len(sets) == 1 else intersect(*(select(each.subquery()) for each in sets))


def newest(parts: Iterable[Select[Any]], most: ColumnElement[int]) -> Select[Any]:
    """Ids of the newest `most` of all parts. Each part gives its own newest.

    Asked as one set, PostgreSQL reads all of it: for 2,500 tasks of three groups 3 ms, not 0.3.
    """
    ids = each_once(_newest(part, most) for part in parts).subquery()
    return select(ids.c[0]).order_by(ids.c[0].desc()).limit(most)


def _newest(part: Select[Any], most: ColumnElement[int]) -> Select[Any]:
    return select(part.order_by(part.selected_columns[0].desc()).limit(most).subquery().c[0])
