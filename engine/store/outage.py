"""A database that cannot be used: told once by all of a process together, then ever more seldom, and once when it is back.

Each loop of a worker and each request meets it by itself; what they have in common, the `Database`, tells it for them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from sqlalchemy.engine import URL

from engine.facts.errors import Unavailable
from engine.facts.pace import Pace, PaceOfLast
from engine.store import fault_texts
from engine.store.faults import can_be_read
from engine.store.release import MigrationsMissing, ReleaseOutdated
from engine.store.sqlite_file import DatabaseGone

log = logging.getLogger(__name__)

_NOW = "Start the database, or correct LIUZHUAN_DATABASE_URL and restart. This process goes on by itself when it can be used."


def is_of_database(refusal: Unavailable) -> bool:
    """Others that are not available are what a person may do too often, or a form that takes too long."""
    return type(refusal) is Unavailable or isinstance(refusal, MigrationsMissing | ReleaseOutdated | DatabaseGone)


def place(url: URL) -> str:
    """An address as it may be shown: of what is in it only who, where and which."""
    return url.set(drivername=url.get_backend_name(), query={}).render_as_string(hide_password=True).replace(":***@", "@")


class Outage:
    """Of one database, for one process. `clock`: seconds, ever later."""

    def __init__(self, url: URL, clock: Callable[[], float] = time.monotonic) -> None:
        #: Asked without the lock after each unit of work.
        self.is_on = False
        self._place = place(url)
        self._clock = clock
        self._changing = threading.Lock()
        self._began_at = 0.0
        self._is_told = False
        self._is_of_writing = False
        self._pace = PaceOfLast(lambda: Pace(clock))

    def noticed(self, refusal: Unavailable) -> None:
        """A unit of work could not use it."""
        with self._changing:
            if not self.is_on:
                self.is_on, self._began_at, self._is_of_writing = True, self._clock(), True
            self._is_of_writing = self._is_of_writing and can_be_read(refusal.__cause__)
            times = self._pace.times(type(refusal))
            if times:
                self._is_told = True
                self._tell(refusal, times)

    def _tell(self, refusal: Unavailable, times: int) -> None:
        cause = refusal.__cause__
        is_plain = type(refusal) is Unavailable
        more = {
            "database": self._place,
            "why": (fault_texts.said(cause) if is_plain and cause is not None else "") or str(refusal),
            "for_seconds": round(self._clock() - self._began_at),
            "times": times,
        }
        # The others say themselves what is to be done.
        log.warning(
            "the database cannot be used, so nothing is done until it can", extra=more | ({"now": _NOW} if is_plain else {})
        )

    def over(self, *, has_written: bool) -> None:
        """A unit of work has used it. One that has only read proves nothing where reading was possible all the time."""
        with self._changing:
            if not self.is_on or (self._is_of_writing and not has_written):
                return
            self.is_on = False
            if self._is_told:
                self._is_told = False
                seconds = round(self._clock() - self._began_at)
                log.warning("the database can be used again", extra={"database": self._place, "after_seconds": seconds})
