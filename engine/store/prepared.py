"""Statements of the hot path: prepared once on each connection of PostgreSQL, sent by libpq itself.

A cursor of psycopg costs 0.1 ms of CPU for each of them, most of it for finding out anew what is known here beforehand: the
types of the parameters and of the columns (bench/store.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from struct import Struct
from typing import Any
from uuid import UUID, SafeUUID

import orjson
import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Connection

from engine.facts.errors import ValueNotKept
from engine.facts.sentences import verbatim
from engine.store.faults import UNSENDABLE
from engine.store.kept_json import kept_json

#: A member of an enum costs a search each time it is named.
_BINARY, _TUPLES_OK, _COMMAND_OK = Format.BINARY, ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK

#: How many of them a connection keeps; beyond, they are sent unprepared.
MAX_PREPARED = 200


class Prepared:
    """`text` has parameters $1, $2, … to the number of `width`; `types` are theirs, by the names they have in ENCODERS."""

    def __init__(self, text: str, types: Iterable[str]) -> None:
        codecs = [_ENCODERS[name] for name in types]
        self.text = text
        self.width = len(codecs)
        self._name = b"lz_" + hashlib.blake2b(text.encode(), digest_size=12).hexdigest().encode()
        self._encoders = [encode for encode, _ in codecs]
        self._formats = [format for _, format in codecs]
        self._decoders: list[Callable[[bytes], Any]] = []

    def rows(self, connection: Connection, values: Iterable[Any]) -> list[list[Any]]:
        """Every row of the result. Raises what psycopg raises."""
        result = self.send(connection, values)
        return [self._row(result, number) for number in range(result.ntuples)]

    def first(self, connection: Connection, values: Iterable[Any]) -> list[Any] | None:
        """The first row of the result, None when there is none. Raises what psycopg raises."""
        result = self.send(connection, values)
        return self._row(result, 0) if result.ntuples else None

    def send(self, connection: Connection, values: Iterable[Any]) -> PGresult:
        """The result as libpq has it."""
        try:
            parameters: list[Any] = [
                None if value is None else encode(value) for encode, value in zip(self._encoders, values, strict=True)
            ]
        except UNSENDABLE as fault:
            raise ValueNotKept(why=verbatim(str(fault))) from fault
        pgconn: PGconn = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
        if self._is_prepared(pgconn, connection.info.setdefault("prepared", set())):
            result = pgconn.exec_prepared(self._name, parameters, self._formats, _BINARY)
        else:
            result = pgconn.exec_params(self.text.encode(), parameters, None, self._formats, _BINARY)
        if result.status != _TUPLES_OK:
            raise _fault(pgconn, result)
        if not self._decoders:
            self._decoders = [_DECODERS[result.ftype(column)] for column in range(result.nfields)]
        return result

    def _is_prepared(self, pgconn: PGconn, known: set[bytes] | None) -> bool:
        """`known` is None where nothing may be prepared (engine/store/poolers.py)."""
        if known is None:
            return False
        if self._name in known:
            return True
        if len(known) >= MAX_PREPARED:
            return False
        result = pgconn.prepare(self._name, self.text.encode())
        if result.status != _COMMAND_OK:
            raise _fault(pgconn, result)
        known.add(self._name)
        return True

    def _row(self, result: PGresult, number: int) -> list[Any]:
        read = result.get_value
        return [
            None if (value := read(number, column)) is None else decode(value) for column, decode in enumerate(self._decoders)
        ]


def command(connection: Connection, text: bytes) -> None:
    """BEGIN, COMMIT or ROLLBACK. Where psycopg sees a ROLLBACK, it has everything forgotten that is prepared, ours too."""
    pgconn: PGconn = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
    result = pgconn.exec_(text)
    if result.status != _COMMAND_OK:
        raise _fault(pgconn, result)


def _fault(pgconn: PGconn, result: PGresult) -> Exception:
    if pgconn.status == ConnStatus.BAD:
        return psycopg.OperationalError(result.error_message.decode(errors="replace"))
    fault = error_from_result(result)
    if fault.sqlstate is None:
        # Not the server has spoken but libpq: nothing can be said over this connection any more.
        pgconn.finish()
        return psycopg.OperationalError(str(fault))
    return fault


def _array(values: Sequence[Any]) -> bytes:
    return b"{%b}" % ",".join(map(str, values)).encode()


def _texts(values: Sequence[str]) -> bytes:
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return b"{%b}" % ",".join(quoted).encode()


def _same(value: bytes) -> bytes:
    return value


#: By type of PostgreSQL: how a value is sent, and whether as text or as the server has it in memory. Written in C where there are
#: many of a kind: as Python functions with checks of their own they cost 0.01 ms a statement more.
_ENCODERS: Mapping[str, tuple[Callable[[Any], bytes], Format]] = {
    "uuid": (attrgetter("bytes"), Format.BINARY),
    "bytea": (_same, Format.BINARY),
    "boolean": (lambda value: b"\1" if value else b"\0", Format.BINARY),
    "text": (str.encode, Format.BINARY),
    "int": (Struct("!i").pack, Format.BINARY),
    "timestamptz": (lambda value: value.isoformat().encode(), Format.TEXT),
    "json": (_same, Format.TEXT),
    "jsonb": (kept_json, Format.TEXT),
    "int[]": (_array, Format.TEXT),
    "uuid[]": (_array, Format.TEXT),
    "text[]": (_texts, Format.TEXT),
}

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def _integer(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)


_set_number: Callable[[UUID, int], None] = UUID.int.__set__  # type: ignore[attr-defined, misc]
_set_safety: Callable[[UUID, SafeUUID], None] = UUID.is_safe.__set__  # type: ignore[attr-defined, misc]


def _uuid(value: bytes) -> UUID:
    """What UUID(bytes=value) is, in a quarter of its time: it looks which of six ways was meant, and a page reads a hundred."""
    made: UUID = object.__new__(UUID)
    _set_number(made, int.from_bytes(value, "big"))
    _set_safety(made, SafeUUID.unknown)
    return made


#: By number of the type in PostgreSQL: how a value in its binary form is read.
_DECODERS: Mapping[int, Callable[[bytes], Any]] = {
    16: lambda value: value == b"\1",
    17: _same,
    20: _integer,
    21: _integer,
    23: _integer,
    25: bytes.decode,
    114: orjson.loads,
    1043: bytes.decode,
    1184: lambda value: _EPOCH + timedelta(microseconds=_integer(value)),
    2950: _uuid,
    3802: lambda value: orjson.loads(value[1:]),
}
