"""Table process_definition: one row for each version of each process; the file itself is a resource."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Text, bindparam, func, select, true

from engine.facts.widths import NAME
from engine.store.columns import Id, Shaped
from engine.store.definitions import Versions, definition_table
from engine.store.deployments import resource
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """What lists, pages and rights need of a model. Starters and administrators are candidate keys.

    `start_form` is the key of the form of the none start event, and `starts_by_hand` says that there is one; `form_versions` tell
    by element id which version of its form it shows: one that is not named shows the newest.
    """

    documentation: str = ""
    documentation_en: str = ""
    starters: Sequence[str] = ()
    administrators: Sequence[str] = ()
    start_form: str | None = None
    form_versions: Mapping[str, int] = field(default_factory=dict)
    starts_by_hand: bool = False
    #: Perhaps also of what was deployed before this was written down.
    starts_by_condition: bool = True

    @property
    def json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ProcessFacts.__slots__}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ProcessFacts:
        """The opposite of `json`, with what a row of another version of this service says."""
        return ProcessFacts(**{name: values[name] for name in ProcessFacts.__slots__ if name in values})


process_definition = definition_table(
    "process_definition",
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("area", String(NAME), nullable=False),
    Column("facts", Shaped(ProcessFacts), nullable=False),
    Column("resource_id", Id, ForeignKey(resource.c.id), nullable=False),
)


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One version of a process."""

    id: UUID
    key: str
    version: int
    is_latest: bool
    name: str
    name_en: str
    area: str
    facts: ProcessFacts
    resource_id: UUID
    deployment_id: UUID
    deployed_at: datetime


_versions = Versions(process_definition, ProcessDefinition)
_BY_ID = select(*_versions.columns).where(process_definition.c.id == bindparam("id"))
_SEVERAL = select(*_versions.columns).where(process_definition.c.id.in_(bindparam("ids", expanding=True)))
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


def several(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ProcessDefinition]:
    """Those of these ids that there are."""
    found = (ProcessDefinition(*row) for row in work.rows(_SEVERAL, {"ids": list(ids)})) if ids else ()
    return {each.id: each for each in found}


def find_latest(work: UnitOfWork, key: str) -> ProcessDefinition | None:
    """The newest version; `work.now` comes with it."""
    row = work.quick_row(_LATEST_NOW, {"key": key})
    if row is None:
        return None
    work.observe(row[-1])
    return ProcessDefinition(*row[:-1])
