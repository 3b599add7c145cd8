"""Brings a database up to the tables of this release: the migrations beside the package, by Alembic.

Processes of the release before may go on meanwhile: those that write are waited for, then kept out (engine/store/release.py).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from engine.facts.errors import Unavailable
from engine.facts.sentences import verbatim
from engine.store.database import parse_url, patience
from engine.store.faults import refusal_of
from engine.store.release import FENCED, MIGRATIONS, NOTE, REVISION, ReleaseOutdated
from engine.store.sqlite_file import SqliteFile

#: Of PostgreSQL: several processes that start at once migrate one after the other.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7318349394477057)")
#: How long is waited for those who read or write a table. What wants it after us waits for us, so this is not long.
SECONDS = 10.0
_LAST = text(f"select version_num from {NOTE}")
#: Of PostgreSQL and of SQLite: the lock was not there in time.
_NO_LOCK = ("55P03", sqlite3.SQLITE_BUSY)
#: Of PostgreSQL: this role may not make or change tables.
_MAY_NOT = "42501"


class TablesInUse(Unavailable):
    """The tables are in use: within {seconds} {seconds:second|seconds} somebody who reads or writes them was not done, a
    backup for example.
    Nothing was changed. Run `liuzhuan migrate` again when that is over."""


class MigrationRefused(Unavailable):
    """The database does not take the migration: {why}. Nothing was changed. Correct that, or LIUZHUAN_DATABASE_URL, and run
    `liuzhuan migrate` again."""


def migrate(url: str, *, revision: str = REVISION) -> None:
    """All in one transaction: either the database is at `revision` afterwards, or as it was.

    Raises ReleaseOutdated, TablesInUse, MigrationRefused.
    """
    parsed = parse_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    engine = create_engine(parsed, connect_args={"timeout": SECONDS} if is_sqlite else patience(parsed))
    if is_sqlite:
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_immediately)
    try:
        if is_sqlite:
            SqliteFile(Path(str(parsed.database))).make()
        with engine.begin() as connection:
            _migrate(connection, revision)
    except OSError as fault:
        raise MigrationRefused(why=verbatim(str(fault))) from fault
    except DBAPIError as fault:
        refusal = _refusal_of(fault)
        if refusal is None:
            raise
        raise refusal from fault
    finally:
        engine.dispose()


def _refusal_of(fault: DBAPIError) -> Unavailable | None:
    """None where it is a fault of the migration, a table that it misses for example."""
    state, code = getattr(fault.orig, "sqlstate", None), getattr(fault.orig, "sqlite_errorcode", None)
    if state in _NO_LOCK or code in _NO_LOCK:
        return TablesInUse(seconds=round(SECONDS))
    is_ours = code == sqlite3.SQLITE_ERROR or (state or "").startswith("42")
    if state != _MAY_NOT and (is_ours or not isinstance(refusal_of(fault), Unavailable)):
        return None
    return MigrationRefused(why=verbatim(" ".join(str(fault.orig).split())))


def _migrate(connection: Connection, revision: str) -> None:
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        connection.execute(_ONE_AT_A_TIME)
    tables = inspect(connection).get_table_names()
    last = connection.execute(_LAST).scalar() if NOTE in tables else None
    if last == revision:
        return
    if last is not None and last > REVISION:
        raise ReleaseOutdated()
    if is_postgresql:
        connection.execute(text(f"set local lock_timeout = '{round(SECONDS * 1000)}ms'"))
        for fence in (name for name in tables if name.startswith(FENCED)):
            connection.execute(text(f"lock table {fence} in access exclusive mode"))
    command.upgrade(_configuration(connection), revision)


def _leave_transactions_to_us(connection: sqlite3.Connection, record: object) -> None:
    """Otherwise Python's sqlite3 commits before every change of a table."""
    connection.isolation_level = None


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _configuration(connection: object) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    configuration.attributes["connection"] = connection
    return configuration
