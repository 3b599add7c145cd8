"""One SQL database: SQLite (WAL, one writer at a time) or PostgreSQL.

Connections are in autocommit; a transaction begins and ends by statements that only the unit of work sends. No session state is
kept on a connection behind a pooler, so that PgBouncer may stand between in transaction mode.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from engine.facts.errors import Invalid
from engine.facts.pace import Paces
from engine.facts.sentences import Sentence
from engine.facts.start_limits import StartLimits
from engine.store import poolers
from engine.store.connections import Connections
from engine.store.faults import refuse_unsendable
from engine.store.kept_json import kept_json
from engine.store.outage import Outage
from engine.store.release import Tables
from engine.store.sqlite_file import SqliteFile

#: How long a unit of work waits for the write lock of SQLite before it gives up.
LOCK_SECONDS = 30.0

#: A server that does not answer a connection is left after ten seconds; one that has vanished without a word - its machine, or
#: the way to it - is noticed after a minute, by what is sent and by who waits. A statement that takes long is another thing.
_PATIENCE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

#: Two Database objects on one SQLite file share its lock.
_write_locks: dict[str, threading.Lock] = {}
_guard = threading.Lock()

Clock = Callable[[], datetime]


class DatabaseAddressRefused(Invalid):
    """LIUZHUAN_DATABASE_URL cannot be used: {why}. Write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."""


class Database:
    """The pool of connections, and what differs between databases. `clock` replaces the database's own in tests.

    `zone` is that of the company whose database it is, `start_limits` how often events may start its processes.
    """

    def __init__(
        self,
        url: URL,
        *,
        clock: Clock | None = None,
        zone: tzinfo = UTC,
        start_limits: StartLimits = StartLimits(),  # noqa: B008 - it cannot be changed
        pool_size: int = 10,
        statement_seconds: float | None = None,
    ) -> None:
        self.url = url
        self.clock = clock
        self.zone = zone
        self.start_limits = start_limits
        #: Workers of this process, told after a commit what kinds of work it has left. PostgreSQL tells them itself.
        self.listeners: list[Callable[[Collection[str]], None]] = []
        self.is_postgresql = url.get_backend_name() == "postgresql"
        self.write_lock = None if self.is_postgresql else _write_lock_of(url)
        self._file = None if self.is_postgresql else SqliteFile(Path(str(url.database)))
        self.engine = _postgresql(url, statement_seconds) if self._file is None else _sqlite(url, self._file)
        self.tables = Tables()
        self.outage = Outage(url)
        #: Of what is given up, so that many of one cause are one line of the log.
        self.paces = Paces()
        place = None if self._file is None else self._file.place
        self.connections = Connections(self.engine, kept=pool_size, most=2 * pool_size, place=place)

    @property
    def is_writable(self) -> bool:
        """As far as that can be told without writing."""
        return self._file is None or self._file.is_writable

    def close(self) -> None:
        self.connections.drop_idle()


def open_database(
    url: str,
    *,
    clock: Clock | None = None,
    zone: tzinfo = UTC,
    start_limits: StartLimits = StartLimits(),  # noqa: B008 - it cannot be changed
    pool_size: int = 10,
    statement_seconds: float | None = None,
) -> Database:
    """`sqlite:///var/liuzhuan.db` or `postgresql://user@host/name`. The schema is brought up by `engine.store.schema.migrate`.

    `statement_seconds`: PostgreSQL ends a statement that takes longer; None lets each take its time.
    """
    return Database(
        parse_url(url),
        clock=clock,
        zone=zone,
        start_limits=start_limits,
        pool_size=pool_size,
        statement_seconds=statement_seconds,
    )


def parse_url(url: str) -> URL:
    """PostgreSQL is spoken to through psycopg 3; a SQLite database has to be a file, which several connections can share."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as fault:
        raise DatabaseAddressRefused(why=Sentence("it is no address of a database.")) from fault
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise DatabaseAddressRefused(why=Sentence("only sqlite and postgresql are supported, not {backend}.", backend=backend))
    if not parsed.database or parsed.database == ":memory:":
        raise DatabaseAddressRefused(why=Sentence("SQLite needs a file: sqlite:///path/to/liuzhuan.db"))
    return parsed


def patience(url: URL) -> dict[str, Any]:
    """For libpq: seconds and counts, where the address does not say them itself."""
    return {name: value for name, value in _PATIENCE.items() if name not in url.query}


def _postgresql(url: URL, statement_seconds: float | None) -> Engine:
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        connect_args={"client_encoding": "utf8", **patience(url)},
        poolclass=NullPool,
        json_serializer=_dump,
        json_deserializer=orjson.loads,
        query_cache_size=1000,
        hide_parameters=True,
    )
    event.listen(engine, "connect", poolers.look)
    if statement_seconds is not None and "options" not in url.query:
        event.listen(engine, "connect", partial(poolers.limit_statements, seconds=statement_seconds))
    event.listen(engine, "do_execute", _plan_anew)
    event.listen(engine, "handle_error", refuse_unsendable)
    return engine


def _plan_anew(cursor: Any, statement: str, parameters: Any, context: Any) -> bool | None:
    """What asks for it is not prepared, however often it comes."""
    if context is None or not context.execution_options.get("is_planned_anew"):
        return None
    cursor.execute(statement, parameters, prepare=False)
    return True


def _sqlite(url: URL, file: SqliteFile) -> Engine:
    engine = create_engine(
        url,
        creator=partial(file.open, timeout=LOCK_SECONDS, check_same_thread=False),
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        poolclass=NullPool,
        json_serializer=_dump,
        json_deserializer=orjson.loads,
        query_cache_size=1000,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "handle_error", refuse_unsendable)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    """FULL: a commit is on the disk when it returns, also in WAL mode."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _write_lock_of(url: URL) -> threading.Lock:
    path = str(Path(str(url.database)).resolve())
    with _guard:
        return _write_locks.setdefault(path, threading.Lock())


def _dump(value: Any) -> str:
    return kept_json(value).decode()
