"""Table process_definition: one row for each version of each process; the file itself is a resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Text, bindparam, func, select, true

from engine.store.columns import Id, Json
from engine.store.definitions import Versions, definition_table
from engine.store.deployments import resource
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork

process_definition = definition_table(
    "process_definition",
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("area", String(255), nullable=False),
    Column("facts", Json, nullable=False),
    Column("resource_id", Id, ForeignKey(resource.c.id), nullable=False),
)


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One version of a process. `facts` holds what lists and rights need of the model:

    starters and administrators (candidate keys), start_form, documentation, starts_by_hand (it has a none start event), and
    form_versions: by element id, which version of its form it shows; an element that is not named shows the newest.
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
    def form_versions(self) -> Mapping[str, int]:
        return self.facts.get("form_versions") or {}

    @property
    def starts_by_hand(self) -> bool:
        return bool(self.facts.get("starts_by_hand"))

    @property
    def starts_by_condition(self) -> bool:
        """Perhaps also of what was deployed before this was written down."""
        return bool(self.facts.get("starts_by_condition", True))


_versions = Versions(process_definition, ProcessDefinition)
_BY_ID = select(*_versions.columns).where(process_definition.c.id == bindparam("id"))
_LATEST_NOW = QuickSelect(
    select(*_versions.columns, func.now()).where(
        process_definition.c.key == bindparam("key"), process_definition.c.is_latest.is_(true())
    )
)

find_version = _versions.find_version
find_as_of = _versions.find_as_of
versions = _versions.versions
latest = _versions.latest
keys = _versions.keys
add = _versions.add


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
