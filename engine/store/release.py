"""Which tables this process was made for, and whether the database has them. Without Alembic, which only those need who migrate.

A process serves the tables of its own release and no others. Two things see to that:

- *The fence* is an empty table that is named by the revision of all tables. Whatever writes names it: the statement of a step,
  and what begins a transaction. A migration locks it before it changes anything and gives it the name of the new revision. So a
  writer of the release before is done before the migration begins, or waits for its end and finds its fence gone. This costs no
  round trip and nothing when a step is carried out, and holds behind a pooler too.
- *The look* at the revision, once a second and after a fault, stops what only reads.
"""

from __future__ import annotations

import logging
import math
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Column, Integer, String, Table, column, select, table

from engine.facts.errors import Unavailable
from engine.store.columns import metadata
from engine.store.quick import QuickSelect

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
#: For how long the last look is believed, in seconds.
BELIEVED = 1.0


def newest() -> str:
    """The number that the file of the newest migration begins with."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


#: What this process was made for. Found when it starts: its files may be replaced while it runs.
REVISION: Final = newest()
#: How a fence is called, before its revision.
FENCED: Final = "revision_"
fence = Table(f"{FENCED}{REVISION}", metadata, Column("empty", Integer))

#: What begins a transaction that writes; on SQLite the fence is asked for when the transaction has its lock. It is locked before
#: anything else, as a migration does, so that neither waits for what the other holds.
BEGIN: Final = f"begin; lock table {fence.name} in access share mode"
#: The first WITH of a statement that writes by itself: PostgreSQL locks it, and as nothing refers to it, does not carry it out.
ASK_FENCE: Final = f"select empty from {fence.name}"

#: Where Alembic notes which migration was the last.
NOTE: Final = "alembic_version"
LAST: Final = QuickSelect(select(column("version_num", String)).select_from(table(NOTE)))


class MigrationsMissing(Unavailable):
    """The database does not have the tables of this release yet, so nothing is read or written. Run `liuzhuan migrate`."""


class ReleaseOutdated(Unavailable):
    """The database was updated for a newer release, so this process of the one before has stopped: nothing was changed. Start the
    newer release in its place."""


class Tables:
    """Those of one database, as a process knows them."""

    def __init__(self) -> None:
        self._looked_at = -math.inf
        self._told: str | None = REVISION

    @property
    def are_known(self) -> bool:
        """Whether they were those of this process a moment ago."""
        return time.monotonic() - self._looked_at < BELIEVED

    def doubt(self) -> None:
        """The last look is not believed any more."""
        self._looked_at = -math.inf

    def judge(self, noted: str | None) -> None:
        """`noted`: the revision that the database has, None when it has no tables.

        Raises MigrationsMissing or ReleaseOutdated.
        """
        if noted != self._told:
            self._told = noted
            log.warning("the tables are of another revision", extra={"revision": noted, "made_for": REVISION})
        if noted == REVISION:
            self._looked_at = time.monotonic()
            return
        self.doubt()
        raise ReleaseOutdated() if noted is not None and noted > REVISION else MigrationsMissing()
