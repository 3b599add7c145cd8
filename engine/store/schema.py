"""Brings a database up to the tables of this release: the migrations beside the package, by Alembic."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, text

from engine.store.database import parse_url
from engine.store.release import MIGRATIONS

#: Of PostgreSQL: several processes that start at once migrate one after the other.
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(7318349394477057)")


def migrate(url: str, *, revision: str = "head") -> None:
    """All in one transaction: either the database is at `revision` afterwards, or as it was."""
    parsed = parse_url(url)
    engine = create_engine(parsed)
    if engine.dialect.name == "sqlite":
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_immediately)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(_ONE_AT_A_TIME)
            command.upgrade(_configuration(connection), revision)
    finally:
        engine.dispose()


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
