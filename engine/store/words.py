"""Where a text occurs inside of others, found by an index of the pairs of characters that these are made of.

The usual index for this, of three characters each (pg_trgm), is an extension, and finds nothing for the words of two characters
that most Chinese ones are. SQLite has no such index and reads every text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, bindparam, literal_column, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from engine.store.paging import escaped

#: Of PostgreSQL, made by a migration as its indexes are: the pairs of neighbouring characters of a text, in small letters.
PAIRS = "liuzhuan_pairs"


class _HasPairsOf(FunctionElement[bool]):
    """Whether a text has all the pairs of another one: then it may mention it."""

    type = Boolean()
    inherit_cache = True


@compiles(_HasPairsOf, "postgresql")
def _by_index(element: _HasPairsOf, compiler: Any, **options: Any) -> str:
    said, wanted = (compiler.process(each, **options) for each in element.clauses)
    return f"{PAIRS}({said}) @> {PAIRS}({wanted})"


@compiles(_HasPairsOf)
def _anyway(element: _HasPairsOf, compiler: Any, **options: Any) -> str:
    return "1 = 1"


def pattern(wanted: str) -> str:
    """For `mentions` and `contains`."""
    return f"%{escaped(wanted)}%"


def contains(columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether one of the columns has the text in it, capital or small. The parameter is `pattern`."""
    return or_(*(column.ilike(bindparam("pattern"), escape="\\") for column in columns))


def mentions(said: str, columns: Iterable[ColumnElement[Any]]) -> ColumnElement[bool]:
    """The same, by the index of `said`, which puts the columns together. The parameters are `pattern` and `text`."""
    return _HasPairsOf(literal_column(said), bindparam("text", type_=String())) & contains(columns)
