"""Statements of the hot path, in the driver's own words.

SQLAlchemy writes them once; sending them through psycopg itself costs a third of the CPU that SQLAlchemy's execution adds to a
statement of this size (bench/store.py). SQLite executes the same statement as SQLAlchemy does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

_DIALECT: Any = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class QuickSelect:
    """A SELECT of one row; its parameters go by name."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        self.text = str(statement.compile(dialect=_DIALECT))
