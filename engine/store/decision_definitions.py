"""Table decision_definition: one row for each version of each decision; the file itself is a resource."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Text

from engine.store.columns import Id
from engine.store.definitions import Versions, definition_table
from engine.store.deployments import resource

decision_definition = definition_table(
    "decision_definition",
    Column("name", Text, nullable=False),
    Column("resource_id", Id, ForeignKey(resource.c.id), nullable=False),
)


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


_versions = Versions(decision_definition, DecisionDefinition)

find_latest = _versions.find_latest
find_version = _versions.find_version
find_by_key = _versions.find_by_key
find_as_of = _versions.find_as_of
versions = _versions.versions
latest = _versions.latest
latest_of = _versions.latest_of
keys = _versions.keys
add = _versions.add
