"""SELECTs of the hot path: SQLAlchemy writes them, on PostgreSQL they are sent prepared. SQLite executes them as any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Connection, DateTime, Integer, LargeBinary, Select, String, Uuid
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.types import TypeEngine

from engine.store.columns import Moment
from engine.store.prepared import Prepared

_DIALECT: Any = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_TYPES: Mapping[type[TypeEngine[Any]], str] = {
    Uuid: "uuid",
    LargeBinary: "bytea",
    String: "text",
    Boolean: "boolean",
    Integer: "int",
    DateTime: "timestamptz",
    Moment: "timestamptz",
}


class QuickSelect:
    """Its parameters go by name. One with a list for IN differs from call to call: it is not prepared."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        compiled = statement.compile(dialect=_DIALECT)
        self.is_prepared = not compiled.post_compile_params
        if self.is_prepared:
            binds = {name: compiled.binds[name] for name in compiled.positiontup or ()}
            self._prepared = Prepared(str(compiled), [_type(bind.type) for bind in binds.values()])
            #: The parameters in their order; those with a value have it in the statement itself.
            self._parameters = {name: bind.value for name, bind in binds.items()}

    def first(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Any] | None:
        return self._prepared.first(connection, self._values(parameters))

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[list[Any]]:
        return self._prepared.rows(connection, self._values(parameters))

    def _values(self, parameters: Mapping[str, Any]) -> list[Any]:
        return [parameters[name] if value is None else value for name, value in self._parameters.items()]


def _type(of_parameter: TypeEngine[Any]) -> str:
    return next(name for kind, name in _TYPES.items() if isinstance(of_parameter, kind))
