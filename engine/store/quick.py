"""SELECTs of the hot path: SQLAlchemy writes them, on PostgreSQL they are sent prepared. SQLite executes them as any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from engine.store.columns import Shaped, kind
from engine.store.prepared import Prepared

_DIALECT: Any = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def planned_anew(statement: Select[Any]) -> Select[Any]:
    """PostgreSQL plans it for the values of each call. Where one value fits nearly everything and another one nothing, the plan
    of a prepared statement is wrong for one of them, and reads a whole table to find nothing."""
    return statement.execution_options(is_planned_anew=True)


class QuickSelect:
    """Its parameters go by name. One with a list for IN differs from call to call: it is not prepared."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        compiled = statement.compile(dialect=_DIALECT)
        self.is_prepared = not (compiled.post_compile_params or statement.get_execution_options().get("is_planned_anew"))
        if self.is_prepared:
            binds = {name: compiled.binds[name] for name in compiled.positiontup or ()}
            self._prepared = Prepared(str(compiled), [kind(bind.type) for bind in binds.values()])
            #: The parameters in their order; those with a value have it in the statement itself.
            self._parameters = {name: bind.value for name, bind in binds.items()}
            chosen = enumerate(statement.selected_columns)
            self._shapes = [(place, each.type.shape) for place, each in chosen if isinstance(each.type, Shaped)]

    def first(self, connection: Connection, parameters: Mapping[str, Any]) -> list[Any] | None:
        row = self._prepared.first(connection, self._values(parameters))
        return None if row is None else self._shaped(row)

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[list[Any]]:
        rows = self._prepared.rows(connection, self._values(parameters))
        return [self._shaped(row) for row in rows] if self._shapes else rows

    def _shaped(self, row: list[Any]) -> list[Any]:
        """As SQLAlchemy gives it."""
        for place, shape in self._shapes:
            if row[place] is not None:
                row[place] = shape.from_json(row[place])
        return row

    def _values(self, parameters: Mapping[str, Any]) -> list[Any]:
        return [parameters[name] if value is None else value for name, value in self._parameters.items()]
