"""A process that dies at its n-th statement: the connection breaks, and nothing more is sent until it is started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
import pytest
from sqlalchemy import Connection, event

from engine.store import Database
from engine.store.prepared import Prepared

When = Literal["before", "after"]


class Crashed(BaseException):
    """As kill -9: no handler of Exception sees it."""


class Countdown:
    """`happened` tells whether the statement was reached; from then on nothing reaches the database."""

    def __init__(self, at: int, when: When) -> None:
        self._left = at
        self._when = when
        self.happened = False

    def before(self, close: Callable[[], None]) -> None:
        self._left -= 1
        if self.happened or (self._left == 0 and self._when == "before"):
            self._die(close)

    def after(self, close: Callable[[], None]) -> None:
        if self._left == 0 and self._when == "after":
            self._die(close)

    def _die(self, close: Callable[[], None]) -> None:
        self.happened = True
        close()
        raise Crashed


@contextmanager
def crashing(database: Database, at: int, when: When) -> Iterator[Countdown]:
    """Whatever is done inside dies at its `at`-th statement, before or after the database has carried it out."""
    countdown = Countdown(at, when)
    with pytest.MonkeyPatch.context() as patch:
        if database.is_postgresql:
            _watch_postgresql(patch, countdown)
        else:
            _watch_sqlite(database, countdown)
        try:
            yield countdown
        except BaseException:
            if not countdown.happened:
                raise


def _watch_postgresql(patch: pytest.MonkeyPatch, countdown: Countdown) -> None:
    execute, send = psycopg.Cursor.execute, Prepared.send

    def watched(cursor: Any, *arguments: Any, **more: Any) -> Any:
        countdown.before(cursor.connection.close)
        answer = execute(cursor, *arguments, **more)
        countdown.after(cursor.connection.close)
        return answer

    def watched_prepared(statement: Prepared, connection: Connection, values: Any) -> Any:
        close = connection.connection.driver_connection.close  # type: ignore[union-attr]
        countdown.before(close)
        answer = send(statement, connection, values)
        countdown.after(close)
        return answer

    patch.setattr(psycopg.Cursor, "execute", watched)
    patch.setattr(Prepared, "send", watched_prepared)


def _watch_sqlite(database: Database, countdown: Countdown) -> None:
    def closing(cursor: Any) -> Callable[[], None]:
        def close() -> None:
            """SQLite keeps the locks of a closed connection while a statement of it is open; the dead have none."""
            driver = cursor.connection
            cursor.close()
            driver.rollback()
            driver.close()

        return close

    def before(connection: Any, cursor: Any, *rest: Any) -> None:
        countdown.before(closing(cursor))

    def after(connection: Any, cursor: Any, *rest: Any) -> None:
        countdown.after(closing(cursor))

    event.listen(database.engine, "before_cursor_execute", before)
    event.listen(database.engine, "after_cursor_execute", after)
