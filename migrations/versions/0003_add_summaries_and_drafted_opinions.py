"""Adds what lists show of a user task beside its title, and the opinion that is not given yet; finds what is done by its time.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

COMPLETED = sa.text("status = 'completed'")


def upgrade() -> None:
    op.add_column("user_task", sa.Column("draft_comment", sa.Text(), nullable=True))
    op.add_column("user_task", sa.Column("summary", JSON, server_default="[]", nullable=False))
    op.add_column("user_task", sa.Column("summary_text", sa.Text(), server_default="", nullable=False))
    _index_what_is_done("completed_by", "completed_at", "id")


def downgrade() -> None:
    _index_what_is_done("completed_by", "id")
    op.drop_column("user_task", "summary_text")
    op.drop_column("user_task", "summary")
    op.drop_column("user_task", "draft_comment")


def _index_what_is_done(*columns: str) -> None:
    op.drop_index("user_task_done_by", table_name="user_task")
    op.create_index("user_task_done_by", "user_task", columns, sqlite_where=COMPLETED, postgresql_where=COMPLETED)
