"""The one MetaData of the engine and the types of its columns, the same in Python on every database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Protocol, Self

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

Id = Uuid
Bytes = LargeBinary
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class WrittenJson(JSON):
    """JSON that comes back as it was written, the order of names too: PostgreSQL keeps its text. For what is not searched."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. PostgreSQL keeps it as timestamptz, SQLite as text of one width, so that texts sort as moments do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String(27) if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Shape(Protocol):
    """A dataclass that is kept as JSON."""

    @property
    def json(self) -> Any:
        """As plain values."""

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """The opposite of `json`."""


class Shaped(TypeDecorator[Shape]):
    """JSON that is a dataclass in Python."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: type[Shape]) -> None:
        super().__init__(none_as_null=True)
        self.shape = shape

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Json.dialect_impl(dialect))

    def process_bind_param(self, value: Shape | None, dialect: Dialect) -> Any:
        return None if value is None else value.json

    def process_result_value(self, value: Any, dialect: Dialect) -> Shape | None:
        return None if value is None else self.shape.from_json(value)


#: How PostgreSQL calls the type of a value.
_KINDS: Mapping[type[TypeEngine[Any]], str] = {
    Uuid: "uuid",
    LargeBinary: "bytea",
    String: "text",
    Boolean: "boolean",
    Integer: "int",
    DateTime: "timestamptz",
    Moment: "timestamptz",
    WrittenJson: "json",
    JSON: "jsonb",
    Shaped: "jsonb",
}


def kind(type: TypeEngine[Any]) -> str:
    """Of values of a column or parameter: the name of their type in PostgreSQL."""
    return next(name for each, name in _KINDS.items() if isinstance(type, each))


def columns_of(table: Table, row: type[Any]) -> list[Column[Any]]:
    """The columns that a dataclass of rows names, in its order."""
    return [table.c[field.name] for field in fields(row)]


def as_text(moment: datetime) -> str:
    """`2026-11-21T05:40:00.000000Z`: 27 characters whatever the moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


#: Sorts after every moment: where nothing is due.
FAR_AWAY = datetime(9999, 12, 31, tzinfo=UTC)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that still matter: it stays small, however much is done."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))


def written(word: str) -> ColumnElement[str]:
    """A word of ours in the text of a statement: an index of some rows serves only what PostgreSQL knows when it plans."""
    if not word.isidentifier():
        raise ValueError(f"{word!r} is no word of ours.")
    return literal_column(f"'{word}'", String())
