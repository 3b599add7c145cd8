"""A pooler between this service and PostgreSQL, and whether statements may be prepared behind it.

PgBouncer gives each transaction another connection of the server. From 1.21 on, with `max_prepared_statements`, it knows which
client has prepared what and gives the statements names of its own. Before, one is missing where it is asked for, or is that of
another client under the same name; then nothing may be prepared.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any, Final

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

log = logging.getLogger(__name__)

#: For requests and loops of workers: none of their statements needs more, and one that does holds all others up. What people run
#: by a command - migrations, audits - may take its time.
STATEMENT_SECONDS: Final = 60.0


def look(connection: psycopg.Connection[Any], record: Any) -> None:
    """At a new connection: where a pooler mixes up what is prepared, each statement is sent unprepared from here on."""
    if is_direct(connection.pgconn) or keeps_apart(connection.pgconn):
        return
    connection.prepare_threshold = None
    record.info["prepared"] = None
    log.warning(
        "The pooler before the database does not keep prepared statements apart, so each is sent unprepared, which costs time."
        " Take PgBouncer 1.21 or newer with max_prepared_statements, or no pooler."
    )


def limit_statements(connection: psycopg.Connection[Any], record: Any, *, seconds: float) -> None:
    """Of a new connection. Behind a pooler it would be another client's too; there the role of the service has the limit."""
    if is_direct(connection.pgconn):
        _done(connection.pgconn.exec_(b"set statement_timeout = %d" % (seconds * 1_000)))


def is_direct(pgconn: PGconn) -> bool:
    """A pooler invents the number that it tells of the server's process."""
    return int(_answer(pgconn, b"select pg_backend_pid()") or 0) == pgconn.backend_pid


def keeps_apart(pgconn: PGconn) -> bool:
    """Whether the server knows a statement under another name than it was prepared by; in one transaction, so on one server."""
    name = b"lz_look_" + secrets.token_hex(8).encode()
    _done(pgconn.exec_(b"begin"))
    try:
        _done(pgconn.prepare(name, b"select 1"))
        is_named_so = _answer(pgconn, b"select count(*) from pg_prepared_statements where name = '%b'" % name) == b"1"
        if is_named_so:
            _done(pgconn.exec_(b"deallocate %b" % name))
    finally:
        pgconn.exec_(b"commit")
    return not is_named_so


def _answer(pgconn: PGconn, text: bytes) -> bytes | None:
    return _done(pgconn.exec_(text)).get_value(0, 0)


def _done(result: PGresult) -> PGresult:
    if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
    return result
