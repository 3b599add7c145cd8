"""Stacks for the log, with what a database says of a fault but not the values it says it about.

The messages of a database quote what was sent: PostgreSQL in DETAIL and CONTEXT, sometimes in the first line; SQLAlchemy adds the
statement. These are the values of customers, and a log is read by people who may not read them.
"""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Iterator

import psycopg
from sqlalchemy.exc import SQLAlchemyError, StatementError

from engine.facts.errors import ValueNotKept

_FAULTS = (SQLAlchemyError, psycopg.Error, sqlite3.Error)
#: What PostgreSQL tells of the place of a fault, by names of the schema.
_NAMES = ("schema_name", "table_name", "column_name", "datatype_name", "constraint_name")
_CAUSED = "\nThe above exception was the direct cause of the following exception:\n\n"
_MET = "\nDuring handling of the above exception, another exception occurred:\n\n"


def stack(fault: BaseException) -> str:
    """As Python writes it, causes first, without the values that databases quote."""
    chain = list(_chain(fault))
    quoted = [each.orig for each, _ in chain if isinstance(each, StatementError)]
    return "".join(
        part for each, link in reversed(chain) for part in _written(each, link, is_quoted=any(each is one for one in quoted))
    )


def said(fault: BaseException) -> str:
    """What an exception says, on one line or several; of a database only its code and the names of the schema."""
    if isinstance(fault, StatementError) and fault.orig is not None:
        return said(fault.orig) if isinstance(fault.orig, _FAULTS) else type(fault.orig).__name__
    if isinstance(fault, psycopg.Error):
        return _of_postgresql(fault)
    if isinstance(fault, sqlite3.Error):
        return getattr(fault, "sqlite_errorname", "")
    if isinstance(fault, ValueNotKept):
        return "the database cannot keep a value; whoever sent it was told why"
    return "" if isinstance(fault, SQLAlchemyError) else str(fault)


def _of_postgresql(fault: psycopg.Error) -> str:
    """Without a code it is libpq that speaks, of a connection; what the server said last stands in its first line."""
    if fault.sqlstate is None:
        return str(fault).partition("\n")[0] if isinstance(fault, psycopg.OperationalError) else ""
    names = (f"{name} {value}" for name in _NAMES if (value := getattr(fault.diag, name)))
    return ", ".join((f"SQLSTATE {fault.sqlstate}", *names))


def _chain(fault: BaseException) -> Iterator[tuple[BaseException, str]]:
    """What led to it, last first, each with the line that stands below it."""
    link, seen = "", set[int]()
    following: BaseException | None = fault
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following, link
        if following.__cause__ is not None:
            following, link = following.__cause__, _CAUSED
        else:
            following, link = (None if following.__suppress_context__ else following.__context__), _MET


def _written(fault: BaseException, link: str, *, is_quoted: bool) -> Iterator[str]:
    """`is_quoted`: a fault in a value on its way to the database, whose words are about that value."""
    if fault.__traceback__ is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(fault.__traceback__)
    kind = f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")
    what = "" if is_quoted and not isinstance(fault, _FAULTS) else said(fault)
    yield f"{kind}: {what}\n" if what else f"{kind}\n"
    yield link
