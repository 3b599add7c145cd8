"""Tells workers at once that there is work, instead of letting them find it at their next look.

Only a hint: it may get lost, and whoever misses it looks anyway. PostgreSQL carries it by NOTIFY, sent after the commit in a
statement of its own, because a transaction that notifies holds a lock of the whole server until it is on the disk. SQLite has
nothing like it; there the hint reaches the worker inside this process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from typing import Literal

import psycopg
from sqlalchemy import Connection

from engine.facts.pace import Pace
from engine.store import fault_texts
from engine.store.database import Database, parse_url, patience
from engine.store.poolers import is_direct
from engine.store.prepared import Prepared

log = logging.getLogger(__name__)

Kind = Literal["jobs", "timers", "messages"]
KINDS: tuple[Kind, ...] = ("jobs", "timers", "messages")
Heard = Callable[[Collection[str]], None]

CHANNEL = "liuzhuan_work"

#: A listener notices within this many seconds that it should stop.
_PATIENCE = 0.5
#: Between two attempts to listen, in seconds.
_PAUSE = 2.0

_NOTIFY = Prepared(f"select 1 from pg_notify('{CHANNEL}', $1)", ("text",))


def ring(database: Database, connection: Connection, kinds: Collection[Kind]) -> None:
    """After the commit: no trouble here can undo it, so none is reported."""
    if not database.is_postgresql:
        for heard in database.listeners:
            heard(kinds)
        return
    try:
        _NOTIFY.send(connection, (",".join(sorted(kinds)),))
    except psycopg.Error:
        connection.invalidate()


def listen(database: Database, url: str, heard: Heard, stopped: threading.Event) -> None:
    """Calls `heard` with the kinds of work there may be, until stopped; at the beginning with all, for what was said before.

    `url` leads directly to the server; empty: the database's.
    """
    if not database.is_postgresql:
        database.listeners.append(heard)
        heard(KINDS)
        stopped.wait()
        database.listeners.remove(heard)
        return
    address = parse_url(url) if url else database.url
    target = address.set(drivername="postgresql").render_as_string(hide_password=False)
    pace = Pace()
    while not stopped.is_set():
        try:
            with psycopg.connect(
                target, autocommit=True, application_name="liuzhuan listener", **patience(address)
            ) as connection:
                if not is_direct(connection.pgconn):
                    log.info("a pooler stands before the database, so the worker only looks once a tick; see LIUZHUAN_LISTEN_URL")
                    return
                _hear(connection, heard, stopped)
        except psycopg.Error as fault:
            if not database.outage.is_on and (times := pace.times()):
                why = fault_texts.said(fault)
                log.info("the worker hears nothing and looks once a tick", extra={"why": why, "times": times})
        stopped.wait(_PAUSE)


def _hear(connection: psycopg.Connection, heard: Heard, stopped: threading.Event) -> None:
    connection.execute(f"listen {CHANNEL}")
    heard(KINDS)
    while not stopped.is_set():
        for notification in connection.notifies(timeout=_PATIENCE):
            heard(notification.payload.split(","))
