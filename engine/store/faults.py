"""What a fault of the database means to who asked, decided here for all of them.

*Away*: the database cannot answer now; whoever asks again later may be answered. *Lost race*: others were at the same rows, and
nothing was changed. *Too long*: it was ended at its limit of time; the same again would be, too. *Not kept*: a value that no
database of ours can keep, today or tomorrow, so that trying again is in vain.
Everything else is a fault of this program and stays as it is.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Sequence

import psycopg
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from engine.facts.errors import LostRace, Refusal, TookTooLong, Unavailable, ValueNotKept
from engine.facts.sentences import Sentence, verbatim
from engine.store.poolers import STATEMENT_SECONDS

#: What a statement or a connection may raise. Values that cannot even be sent raise no error of the database.
FAULTS = (DBAPIError, psycopg.Error)
UNSENDABLE = (OverflowError, UnicodeEncodeError, struct.error)

#: SQLSTATEs of PostgreSQL, or how they begin (its manual, appendix A). The longest that fits decides.
_AWAY = (
    "08",  # no connection
    "25006",  # only reading, as after a failover
    "25P03",  # the transaction was idle for too long, so its connection was closed
    "28",  # it does not know our password any more
    "3D000",  # no such database
    "3F000",  # no such schema
    "40003",  # nobody knows whether it was done
    "42501",  # this role may not use a table
    "55",  # its settings, or its state, do not let it
    "26",  # no such prepared statement: a pooler hands out another connection
    "42703",  # no such column: tables of another release
    "42P01",  # no such table
    "42P05",  # a statement was prepared already, by whom the pooler gave this connection before
    "53",  # no room, no memory, too many connections
    "57",  # shutting down, crashed, starting
    "58",  # its disk or its files
    "F0",  # its configuration
    "XX001",  # damaged
    "XX002",
)
#: Of these, what only who writes is told: nothing can be changed, and everything be read.
_NOT_WRITTEN = ("25006", "53100")
_LOST_RACE = (
    "40",  # deadlock, serialization
    "23503",  # what is referred to has gone meanwhile
    "23505",  # another one has the same key
    "55006",  # in use
    "55P03",  # locked
)
_TOO_LONG = (
    "25P04",  # the transaction
    "57014",  # the statement, or somebody cancelled it
)
_NOT_KEPT = (
    "22",  # too long, out of range, not in this encoding
    "23514",  # a check of ours
    "54",  # beyond a limit of the program: an index entry, a row
)
_NUL = ("22021", "22P05")

#: Result codes of SQLite, which are the lower byte of the extended ones.
_SQLITE_AWAY = frozenset({3, 7, 8, 10, 11, 13, 14, 15, 26})  # PERM NOMEM READONLY IOERR CORRUPT FULL CANTOPEN PROTOCOL NOTADB
_SQLITE_NOT_WRITTEN = frozenset({8, 13})
_SQLITE_LOST_RACE = frozenset({5, 6, 9})  # BUSY LOCKED INTERRUPT
_SQLITE_NOT_KEPT = frozenset({18, 20})  # TOOBIG MISMATCH
#: Constraints have one code; the extended one says which: FOREIGNKEY, PRIMARYKEY, UNIQUE; CHECK.
_SQLITE_KEYS = frozenset({787, 1555, 2067})
_SQLITE_CHECK = 275
_NO_SUCH_TABLE = re.compile(r"^no such (table|column)|has no column named")


def refusal_of(fault: BaseException) -> Refusal | None:
    """What to raise in its place; None where it is a fault of this program."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(cause, psycopg.Error):
        return _of_postgresql(cause)
    return _of_sqlite(cause) if isinstance(cause, sqlite3.Error) else None


def can_be_read(fault: BaseException | None) -> bool:
    """Of a database that is away: whether only writing is impossible."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(cause, psycopg.Error):
        return cause.sqlstate in _NOT_WRITTEN
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_NOT_WRITTEN


def refuse_unsendable(context: ExceptionContext) -> None:
    """Listens to SQLAlchemy: a value that the driver cannot write is no fault of the code around the statement."""
    fault = context.original_exception
    if isinstance(fault, UNSENDABLE):
        raise ValueNotKept(why=verbatim(str(fault))) from fault


def _of_postgresql(fault: psycopg.Error) -> Refusal | None:
    state = fault.sqlstate
    if state is None:
        return _of_client(fault)
    if state in _NUL:
        return ValueNotKept(why=_HAS_NUL)
    kinds = {_AWAY: _away, _LOST_RACE: _lost_race, _TOO_LONG: _too_long, _NOT_KEPT: _not_kept}
    fitting = [(len(prefix), make) for prefixes, make in kinds.items() for prefix in prefixes if state.startswith(prefix)]
    return max(fitting, key=lambda each: each[0])[1](fault) if fitting else None


def _of_client(fault: psycopg.Error) -> Refusal | None:
    """No server has spoken: psycopg could not reach it, or could not write a value."""
    if isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
        return _away(fault)
    return ValueNotKept(why=_HAS_NUL) if isinstance(fault, psycopg.DataError) and "NUL" in str(fault) else None


def _of_sqlite(fault: sqlite3.Error) -> Refusal | None:
    extended: int = getattr(fault, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in _SQLITE_AWAY or _NO_SUCH_TABLE.search(str(fault)):
        return _away(fault)
    if code in _SQLITE_LOST_RACE or extended in _SQLITE_KEYS:
        return _lost_race(fault)
    if code in _SQLITE_NOT_KEPT or extended == _SQLITE_CHECK:
        return _not_kept(fault)
    return None


_HAS_NUL = Sentence("a text contains the character NUL (U+0000). Remove it.")


def _away(fault: Exception) -> Refusal:
    return Unavailable(what=Sentence("The database"))


def _lost_race(fault: Exception) -> Refusal:
    return LostRace()


def _too_long(fault: Exception) -> Refusal:
    return TookTooLong(seconds=round(STATEMENT_SECONDS))


def _not_kept(fault: Exception) -> Refusal:
    """In the database's own words, without its hints and positions."""
    words: Sequence[str] = str(fault).splitlines() or [type(fault).__name__]
    return ValueNotKept(why=verbatim(words[0]))
