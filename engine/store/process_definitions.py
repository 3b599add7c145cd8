"""Table process_definition: one row for each version of each process; the file itself is a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    false,
    func,
    insert,
    select,
    true,
    update,
)

from engine.store.columns import Id, Json, Moment, metadata, partial_index
from engine.store.deployments import deployment, resource
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork

process_definition = Table(
    "process_definition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_latest", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("area", String(255), nullable=False),
    Column("facts", Json, nullable=False),
    Column("resource_id", Id, ForeignKey(resource.c.id), nullable=False),
    Column("deployment_id", Id, ForeignKey(deployment.c.id), nullable=False, index=True),
    Column("deployed_at", Moment, nullable=False),
    Index("process_definition_key_version", "key", "version", unique=True),
    partial_index("process_definition_latest", "key", unique=True, where="is_latest"),
)

_COLUMNS = [column for column in process_definition.c]
_ALL = select(*_COLUMNS)
_BY_ID = _ALL.where(process_definition.c.id == bindparam("id"))
_LATEST_NOW = QuickSelect(
    select(*_COLUMNS, func.now()).where(process_definition.c.key == bindparam("key"), process_definition.c.is_latest.is_(true()))
)
_VERSION = _ALL.where(process_definition.c.key == bindparam("key"), process_definition.c.version == bindparam("version"))
_VERSIONS = _ALL.where(process_definition.c.key == bindparam("key")).order_by(process_definition.c.version.desc())
_ALL_LATEST = _ALL.where(process_definition.c.is_latest.is_(true())).order_by(process_definition.c.key)
_OF_DEPLOYMENT = _ALL.where(
    process_definition.c.key == bindparam("key"), process_definition.c.deployment_id == bindparam("deployment_id")
)
_SHA256 = select(resource.c.sha256).where(resource.c.id == bindparam("id"))
_REPLACED = (
    update(process_definition)
    .where(process_definition.c.key == bindparam("replaced"), process_definition.c.is_latest.is_(true()))
    .values(is_latest=false())
)
_INSERT = insert(process_definition)


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One version of a process. `facts` holds what lists and rights need of the model:

    starters and administrators (candidate keys), start_form, documentation, starts_by_hand (it has a none start event).
    """

    id: UUID
    key: str
    version: int
    is_latest: bool
    name: str
    name_en: str
    area: str
    facts: Mapping[str, Any]
    resource_id: UUID
    deployment_id: UUID
    deployed_at: datetime

    @property
    def starters(self) -> tuple[str, ...]:
        return tuple(self.facts.get("starters", ()))

    @property
    def start_form(self) -> str | None:
        """The form key of the none start event."""
        return self.facts.get("start_form")

    @property
    def starts_by_hand(self) -> bool:
        return bool(self.facts.get("starts_by_hand"))


def find(work: UnitOfWork, id: UUID) -> ProcessDefinition | None:
    row = work.first(_BY_ID, {"id": id})
    return ProcessDefinition(*row) if row else None


def find_latest(work: UnitOfWork, key: str) -> ProcessDefinition | None:
    """The newest version; `work.now` comes with it."""
    row = work.quick_row(_LATEST_NOW, {"key": key})
    if row is None:
        return None
    work.observe(row[-1])
    return ProcessDefinition(*row[:-1])


def find_version(work: UnitOfWork, key: str, version: int) -> ProcessDefinition | None:
    row = work.first(_VERSION, {"key": key, "version": version})
    return ProcessDefinition(*row) if row else None


def find_of_deployment(work: UnitOfWork, key: str, deployment_id: UUID) -> ProcessDefinition | None:
    row = work.first(_OF_DEPLOYMENT, {"key": key, "deployment_id": deployment_id})
    return ProcessDefinition(*row) if row else None


def versions(work: UnitOfWork, key: str) -> tuple[ProcessDefinition, ...]:
    """Newest first."""
    return tuple(ProcessDefinition(*row) for row in work.rows(_VERSIONS, {"key": key}))


def latest(work: UnitOfWork) -> tuple[ProcessDefinition, ...]:
    """The newest version of every process, by key."""
    return tuple(ProcessDefinition(*row) for row in work.rows(_ALL_LATEST))


def sha256(work: UnitOfWork, definition: ProcessDefinition) -> str:
    """Of the file the definition came in."""
    return str(work.connection.execute(_SHA256, {"id": definition.resource_id}).scalar_one())


def add(work: UnitOfWork, definition: ProcessDefinition) -> None:
    """The newest version from now on."""
    work.write(_REPLACED, {"replaced": definition.key})
    work.write(_INSERT, {column.name: getattr(definition, column.name) for column in _COLUMNS})
