"""What the tables of definitions share: a row is one version of one key, and one version of each key is the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import Field
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, bindparam, false, insert, select, true, update

from engine.facts.widths import NAME
from engine.store.columns import Id, Moment, columns_of, metadata, partial_index
from engine.store.deployments import deployment
from engine.store.unit_of_work import UnitOfWork


class Definition(Protocol):
    """A row as a dataclass; its fields are columns of the table."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def key(self) -> str: ...


Row = TypeVar("Row", bound=Definition)


def definition_table(name: str, *own: Column[Any]) -> Table:
    """The columns and indexes of every table of definitions, and its own columns."""
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True),
        Column("key", String(NAME), nullable=False),
        Column("version", Integer, nullable=False),
        Column("is_latest", Boolean, nullable=False),
        *own,
        Column("deployment_id", Id, ForeignKey(deployment.c.id), nullable=False, index=True),
        Column("deployed_at", Moment, nullable=False),
        Index(f"{name}_key_version", "key", "version", unique=True),
        partial_index(f"{name}_latest", "key", unique=True, where="is_latest"),
    )


class Versions(Generic[Row]):
    """The statements of one such table. Ids of deployments grow with time: one that is not greater was there before."""

    def __init__(self, table: Table, row: type[Row]) -> None:
        self._row: Any = row
        self.columns = columns_of(table, row)
        of_key = select(*self.columns).where(table.c.key == bindparam("key"))
        newest_first = of_key.order_by(table.c.version.desc())
        is_latest = table.c.is_latest.is_(true())
        self._latest = of_key.where(is_latest)
        self._version = of_key.where(table.c.version == bindparam("version"))
        self._versions = newest_first
        self._as_of = newest_first.where(table.c.deployment_id <= bindparam("deployment_id")).limit(1)
        self._all_latest = select(*self.columns).where(is_latest).order_by(table.c.key)
        self._latest_of = select(*self.columns).where(is_latest, table.c.key.in_(bindparam("keys", expanding=True)))
        self._keys = select(table.c.key).where(is_latest).order_by(table.c.key)
        self._replaced = update(table).where(table.c.key == bindparam("replaced"), is_latest).values(is_latest=false())
        self._insert = insert(table)

    def find_latest(self, work: UnitOfWork, key: str) -> Row | None:
        return self._first(work, self._latest, key=key)

    def find_version(self, work: UnitOfWork, key: str, version: int) -> Row | None:
        return self._first(work, self._version, key=key, version=version)

    def find_by_key(self, work: UnitOfWork, key: str, version: int | None) -> Row | None:
        """The version asked for, or the latest."""
        return self.find_latest(work, key) if version is None else self.find_version(work, key, version)

    def find_as_of(self, work: UnitOfWork, key: str, deployment_id: UUID) -> Row | None:
        """The version that was the latest after the deployment, whether it came with it or before."""
        return self._first(work, self._as_of, key=key, deployment_id=deployment_id)

    def versions(self, work: UnitOfWork, key: str) -> tuple[Row, ...]:
        """Newest first."""
        return tuple(self._row(*row) for row in work.rows(self._versions, {"key": key}))

    def latest(self, work: UnitOfWork) -> tuple[Row, ...]:
        """The newest version of every key, by key."""
        return tuple(self._row(*row) for row in work.rows(self._all_latest))

    def latest_of(self, work: UnitOfWork, keys: Sequence[str]) -> Mapping[str, Row]:
        """The newest version of each of these keys that is deployed."""
        found = (self._row(*row) for row in work.rows(self._latest_of, {"keys": keys})) if keys else ()
        return {each.key: each for each in found}

    def keys(self, work: UnitOfWork) -> tuple[str, ...]:
        return tuple(row.key for row in work.rows(self._keys))

    def add(self, work: UnitOfWork, definition: Row) -> None:
        """The newest version from now on."""
        work.write(self._replaced, {"replaced": definition.key})
        work.write(self._insert, {column.name: getattr(definition, column.name) for column in self.columns})

    def _first(self, work: UnitOfWork, statement: Any, **parameters: Any) -> Row | None:
        row = work.first(statement, parameters)
        return self._row(*row) if row else None
