"""Table form_definition: one row for each version of each form, its form-js schema in the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, bindparam, false, insert, select, true, update

from engine.store.columns import Id, Json, Moment, metadata, partial_index
from engine.store.deployments import deployment
from engine.store.unit_of_work import UnitOfWork

form_definition = Table(
    "form_definition",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_latest", Boolean, nullable=False),
    Column("schema", Json, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("deployment_id", Id, ForeignKey(deployment.c.id), nullable=False, index=True),
    Column("deployed_at", Moment, nullable=False),
    Index("form_definition_key_version", "key", "version", unique=True),
    partial_index("form_definition_latest", "key", unique=True, where="is_latest"),
)

_COLUMNS = [column for column in form_definition.c]
_LATEST = select(*_COLUMNS).where(form_definition.c.key == bindparam("key"), form_definition.c.is_latest.is_(true()))
_KEYS = select(form_definition.c.key).where(form_definition.c.is_latest.is_(true())).order_by(form_definition.c.key)
_REPLACED = (
    update(form_definition)
    .where(form_definition.c.key == bindparam("replaced"), form_definition.c.is_latest.is_(true()))
    .values(is_latest=false())
)
_INSERT = insert(form_definition)


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One version of a form; `key` is its path below forms/ without `.form.json`."""

    id: UUID
    key: str
    version: int
    is_latest: bool
    schema: Mapping[str, Any]
    sha256: str
    deployment_id: UUID
    deployed_at: datetime


def find_latest(work: UnitOfWork, key: str) -> FormDefinition | None:
    row = work.first(_LATEST, {"key": key})
    return FormDefinition(*row) if row else None


def keys(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(row.key for row in work.rows(_KEYS))


def add(work: UnitOfWork, form: FormDefinition) -> None:
    """The newest version from now on."""
    work.write(_REPLACED, {"replaced": form.key})
    work.write(_INSERT, {column.name: getattr(form, column.name) for column in _COLUMNS})
