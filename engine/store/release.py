"""Whether a database has the tables of this release. Without Alembic, which only those need who migrate."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Select, String, column, inspect, select, table

from engine.store.unit_of_work import UnitOfWork

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
#: Where Alembic notes which migration was the last.
NOTE = "alembic_version"

_LAST: Select[str] = select(column("version_num", String)).select_from(table(NOTE))


def is_current(work: UnitOfWork) -> bool:
    """Whether the database is at the newest migration; not, when it has never been migrated."""
    noted = work.first(_LAST) if inspect(work.connection).has_table(NOTE) else None
    return noted is not None and noted[0] == newest()


@cache
def newest() -> str:
    """The number that the file of the newest migration begins with."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
