"""The connections of one process, open from one unit of work to the next.

SQLAlchemy's own pool takes its wrappers apart and builds them anew each time, which costs 0.05 ms of CPU a unit of work.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from sqlalchemy import Connection, Engine

from engine.facts.errors import Unavailable
from engine.facts.sentences import Sentence

#: How long a unit of work waits for a connection when all are in use.
PATIENCE = 30.0

#: In what a connection carries along: where it was opened.
_PLACE = "place"


class Connections:
    """At most `most` are in use at a time and `kept` stay open idly. `engine` has no pool of its own.

    `place` tells where the database is now: connections that were opened to another place are not used any more.
    """

    def __init__(self, engine: Engine, *, kept: int, most: int, place: Callable[[], object] | None = None) -> None:
        self._engine = engine
        self._place = place
        self._kept = kept
        self._idle: deque[Connection] = deque()
        self._room = threading.Semaphore(most)

    def take(self) -> Connection:
        """The one used last. Raises Unavailable when none becomes free, and what SQLAlchemy raises when it cannot connect."""
        if not self._room.acquire(timeout=PATIENCE):
            raise Unavailable(what=Sentence("The database"))
        try:
            return self._idle_or_new()
        except BaseException:
            self._room.release()
            raise

    def _idle_or_new(self) -> Connection:
        if self._place is None:
            try:
                return self._idle.pop()
            except IndexError:
                return self._engine.connect()
        return self._at(self._place())

    def _at(self, place: object) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.info.get(_PLACE) == place:
                return connection
            connection.close()
        connection = self._engine.connect()
        connection.info[_PLACE] = place
        return connection

    def give_back(self, connection: Connection) -> None:
        """One that has died takes those that wait along: the server has gone away."""
        try:
            if not _is_sound(connection):
                connection.close()
                self.drop_idle()
            elif len(self._idle) >= self._kept:
                connection.close()
            else:
                connection.rollback()
                self._idle.append(connection)
        finally:
            self._room.release()

    def drop_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def _is_sound(connection: Connection) -> bool:
    """`rollback` ends what SQLAlchemy calls a transaction; in autocommit it sends nothing."""
    return not (connection.closed or connection.invalidated or getattr(connection.connection.driver_connection, "closed", False))
