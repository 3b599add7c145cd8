"""Run by Alembic, always on the connection that engine.store.schema.migrate has opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Connection, inspect

connection: Connection = context.config.attributes["connection"]


def name_fence(ctx: MigrationContext, step: MigrationInfo, heads: Collection[str], run_args: Mapping[str, Any]) -> None:
    """After each step: the table that only processes of the same revision know. Revision 0021 makes it."""
    for revision in heads:
        for name in inspect(connection).get_table_names():
            if name.startswith("revision_") and name != f"revision_{revision}":
                ctx.impl.rename_table(name, f"revision_{revision}")


context.configure(
    connection=connection,
    render_as_batch=True,
    transactional_ddl=True,
    on_version_apply=name_fence,
)
context.run_migrations()
