"""Starts by events are counted, and what processes throw knows how long its chain of starts is.

Revision 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
_DUE = "done_at is null and error is null"


def upgrade() -> None:
    for table in ("outbox", "message"):
        op.add_column(table, sa.Column("depth", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("outbox_due", table_name="outbox")
    _index_due(["depth", "due_at", "id"])
    op.create_table(
        "event_start",
        sa.Column("process_instance_id", sa.Uuid(), primary_key=True),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
    )
    op.create_index("event_start_of_process", "event_start", ["key", "started_at"])
    op.create_table(
        "paused_process",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("why", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("paused_process")
    op.drop_table("event_start")
    op.drop_index("outbox_due", table_name="outbox")
    _index_due(["due_at", "id"])
    for table in ("outbox", "message"):
        op.drop_column(table, "depth")


def _index_due(columns: list[str]) -> None:
    op.create_index("outbox_due", "outbox", columns, sqlite_where=sa.text(_DUE), postgresql_where=sa.text(_DUE))
