"""Table decision_definition: one row for each version of each decision; the file itself is a resource."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    insert,
    select,
    true,
    update,
)

from engine.store.columns import Id, Moment, metadata, partial_index
from engine.store.deployments import deployment, resource
from engine.store.unit_of_work import UnitOfWork

decision_definition = Table(
    "decision_definition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_latest", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("resource_id", Id, ForeignKey(resource.c.id), nullable=False),
    Column("deployment_id", Id, ForeignKey(deployment.c.id), nullable=False, index=True),
    Column("deployed_at", Moment, nullable=False),
    Index("decision_definition_key_version", "key", "version", unique=True),
    partial_index("decision_definition_latest", "key", unique=True, where="is_latest"),
)

_COLUMNS = [column for column in decision_definition.c]
_ALL = select(*_COLUMNS)
_LATEST = _ALL.where(decision_definition.c.key == bindparam("key"), decision_definition.c.is_latest.is_(true()))
_VERSION = _ALL.where(decision_definition.c.key == bindparam("key"), decision_definition.c.version == bindparam("version"))
_OF_DEPLOYMENT = _ALL.where(
    decision_definition.c.key == bindparam("key"), decision_definition.c.deployment_id == bindparam("deployment_id")
)
_ALL_LATEST = _ALL.where(decision_definition.c.is_latest.is_(true())).order_by(decision_definition.c.key)
_SHA256 = select(resource.c.sha256).where(resource.c.id == bindparam("id"))
_REPLACED = (
    update(decision_definition)
    .where(decision_definition.c.key == bindparam("replaced"), decision_definition.c.is_latest.is_(true()))
    .values(is_latest=false())
)
_INSERT = insert(decision_definition)


@dataclass(frozen=True, slots=True)
class DecisionDefinition:
    """One version of a decision; `key` is the id of the decision in its DMN file."""

    id: UUID
    key: str
    version: int
    is_latest: bool
    name: str
    resource_id: UUID
    deployment_id: UUID
    deployed_at: datetime


def find_latest(work: UnitOfWork, key: str) -> DecisionDefinition | None:
    row = work.first(_LATEST, {"key": key})
    return DecisionDefinition(*row) if row else None


def find_version(work: UnitOfWork, key: str, version: int) -> DecisionDefinition | None:
    row = work.first(_VERSION, {"key": key, "version": version})
    return DecisionDefinition(*row) if row else None


def find_of_deployment(work: UnitOfWork, key: str, deployment_id: UUID) -> DecisionDefinition | None:
    row = work.first(_OF_DEPLOYMENT, {"key": key, "deployment_id": deployment_id})
    return DecisionDefinition(*row) if row else None


def latest(work: UnitOfWork) -> tuple[DecisionDefinition, ...]:
    """The newest version of every decision, by key."""
    return tuple(DecisionDefinition(*row) for row in work.rows(_ALL_LATEST))


def sha256(work: UnitOfWork, definition: DecisionDefinition) -> str:
    """Of the file the definition came in."""
    return str(work.connection.execute(_SHA256, {"id": definition.resource_id}).scalar_one())


def add(work: UnitOfWork, definition: DecisionDefinition) -> None:
    """The newest version from now on."""
    work.write(_REPLACED, {"replaced": definition.key})
    work.write(_INSERT, {column.name: getattr(definition, column.name) for column in _COLUMNS})
