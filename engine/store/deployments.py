"""Tables deployment and resource: which files were brought in together, and their bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, Text, bindparam, func, insert, select, text

from engine.facts.widths import PERSON
from engine.store.columns import Bytes, Id, Moment, metadata
from engine.store.unit_of_work import UnitOfWork

deployment = Table(
    "deployment",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("deployed_by", String(PERSON), nullable=False),
    Column("deployed_at", Moment, nullable=False),
    #: Over all that came with it (engine.store.deployed); empty where it came before there were seals.
    Column("seal", Bytes, nullable=False, server_default=""),
)

resource = Table(
    "resource",
    metadata,
    Column("id", Id, primary_key=True),
    Column("deployment_id", Id, ForeignKey(deployment.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Bytes, nullable=False),
)

#: Of PostgreSQL: two deployments at the same time would both count the same next version.
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(text("7318349394477056")))
_CLOCK = select(func.clock_timestamp())
_CONTENT = select(resource.c.content).where(resource.c.id == bindparam("id"))
_CONTENTS = select(resource.c.id, resource.c.content).where(resource.c.id.in_(bindparam("ids", expanding=True)))
_SHA256 = select(resource.c.sha256).where(resource.c.id == bindparam("id"))
_FILES = select(*resource.c).where(resource.c.deployment_id == bindparam("id")).order_by(resource.c.name)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a deployment."""

    id: UUID
    deployment_id: UUID
    name: str
    sha256: str
    content: bytes


def begin(work: UnitOfWork) -> None:
    """Opens the transaction of a deployment; others wait until it ends, and so come later by their `now` and their ids too."""
    work.begin()
    if work.database.is_postgresql:
        work.rows(_ONE_AT_A_TIME)
        work.observe(work.first(_CLOCK)[0])


def add(work: UnitOfWork, id: UUID, *, name: str, at: datetime) -> None:
    work.write(insert(deployment), {"id": id, "name": name, "deployed_by": work.actor.id, "deployed_at": at})


def add_resource(work: UnitOfWork, file: Resource) -> None:
    work.write(
        insert(resource),
        {
            "id": file.id,
            "deployment_id": file.deployment_id,
            "name": file.name,
            "sha256": file.sha256,
            "content": file.content,
        },
    )


def content(work: UnitOfWork, resource_id: UUID) -> bytes:
    return bytes(work.connection.execute(_CONTENT, {"id": resource_id}).scalar_one())


def contents(work: UnitOfWork, resource_ids: Collection[UUID]) -> Mapping[UUID, bytes]:
    """Several files at once."""
    found = work.rows(_CONTENTS, {"ids": list(set(resource_ids))}) if resource_ids else ()
    return {row.id: bytes(row.content) for row in found}


def sha256(work: UnitOfWork, resource_id: UUID) -> str:
    return str(work.connection.execute(_SHA256, {"id": resource_id}).scalar_one())


def files(work: UnitOfWork, deployment_id: UUID) -> tuple[Resource, ...]:
    return tuple(Resource(*row) for row in work.rows(_FILES, {"id": deployment_id}))
