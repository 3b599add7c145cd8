"""A SELECT of the hot path: SQLAlchemy writes it once, and on PostgreSQL it is sent prepared. SQLite executes it as any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Integer, LargeBinary, Select, String, Uuid
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.types import TypeEngine

from engine.store.columns import Moment
from engine.store.prepared import Prepared

_DIALECT: Any = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_TYPES: Mapping[type[TypeEngine[Any]], str] = {
    Uuid: "uuid",
    LargeBinary: "bytea",
    String: "text",
    Integer: "int",
    Moment: "timestamptz",
}


class QuickSelect:
    """Its parameters go by name."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        compiled = statement.compile(dialect=_DIALECT)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self._prepared = Prepared(str(compiled), [_type(compiled.binds[name].type) for name in self._names])

    def first(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Any] | None:
        return self._prepared.first(connection, [parameters[name] for name in self._names])


def _type(of_parameter: TypeEngine[Any]) -> str:
    return next(name for kind, name in _TYPES.items() if isinstance(of_parameter, kind))
