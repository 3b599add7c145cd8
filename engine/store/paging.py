"""Pages of a list by keyset: a page begins after the last row of the one before, however many rows there are."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import ColumnElement, Integer, Select, literal, literal_column, tuple_

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence

T = TypeVar("T")

MAX_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` is what the following page is asked for with; None on the last one."""

    items: tuple[T, ...]
    next: str | None = None


class CursorInvalid(Invalid):
    """The page cannot be shown: `after` is not a cursor this list gave. Begin again without it."""


def checked_limit(limit: int) -> int:
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid(why=Sentence("limit has to be between 1 and {most}, not {limit}.", most=MAX_PAGE, limit=limit))
    return limit


def cut(rows: Sequence[T], limit: int, key: Callable[[T], Sequence[Any]]) -> Page[T]:
    """A page out of `limit` + 1 rows: the extra row only says that there is more."""
    items = tuple(rows[:limit])
    return Page(items, encode(key(items[-1])) if len(rows) > limit else None)


def page_of(items: Iterable[T], key: Callable[[T], Sequence[str | int]], *, after: str | None, limit: int) -> Page[T]:
    """A page of a list that is in memory, in the order of `key`."""
    begin = [] if after is None else _values(after)
    try:
        rest = [item for item in items if list(key(item)) > begin]
    except TypeError:
        raise CursorInvalid() from None
    return cut(rest[: checked_limit(limit) + 1], limit, key)


def encode(key: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(key))).rstrip(b"=").decode()


def decode(after: str, parsers: Sequence[Callable[[str], Any]]) -> list[Any]:
    """The values of the last row, each read by its parser. Whatever is not a cursor is refused."""
    try:
        return [parse(value) for parse, value in zip(parsers, _values(after), strict=True)]
    except (ValueError, TypeError, AttributeError):
        raise CursorInvalid() from None


def _values(after: str) -> list[Any]:
    try:
        values = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (binascii.Error, ValueError):
        raise CursorInvalid() from None
    if not isinstance(values, list):
        raise CursorInvalid()
    return values


def beyond(columns: Sequence[ColumnElement[Any]], values: Sequence[Any], *, descending: bool) -> ColumnElement[bool]:
    """Rows after `values` in the order of `columns`: where an index has that order, reading begins there."""
    here, there = _row(columns), _row([_typed(value, column) for value, column in zip(values, columns, strict=True)])
    return here < there if descending else here > there


def _row(parts: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    return parts[0] if len(parts) == 1 else tuple_(*parts)


def _typed(value: Any, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return value if isinstance(value, ColumnElement) else literal(value, column.type)


def ordered(statement: Select[Any], columns: Sequence[ColumnElement[Any]], *, descending: bool, limit: int) -> Select[Any]:
    """Those rows that `cut` makes a page of."""
    directed = (column.desc() if descending else column.asc() for column in columns)
    return statement.order_by(*directed).limit(written_out(rows_for(limit)))


#: How many rows are read for a page: a few sizes, so that there are few statements. The usual pages have 20, 25, 50 and 100 rows.
_SIZES = (3, 21, 26, 51, 101, 301, MAX_PAGE + 1)


def rows_for(limit: int) -> int:
    """At least one row more than the page has."""
    return next(size for size in _SIZES if size > limit)


def written_out(number: int) -> ColumnElement[int]:
    """A LIMIT in the text of a statement: PostgreSQL plans once, for so few rows. One that is a parameter it plans for anew each
    time, or for a tenth of the table."""
    return literal_column(str(number), Integer())


def escaped(text: str) -> str:
    """Literal in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
