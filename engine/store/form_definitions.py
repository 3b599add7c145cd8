"""Table form_definition: one row for each version of each form, its form-js schema in the row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, String

from engine.store.columns import Json
from engine.store.definitions import Versions, definition_table

form_definition = definition_table(
    "form_definition",
    Column("schema", Json, nullable=False),
    Column("sha256", String(64), nullable=False),
)


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


_versions = Versions(form_definition, FormDefinition)

find_latest = _versions.find_latest
find_version = _versions.find_version
find_by_key = _versions.find_by_key
find_as_of = _versions.find_as_of
versions = _versions.versions
latest = _versions.latest
latest_of = _versions.latest_of
keys = _versions.keys
add = _versions.add
