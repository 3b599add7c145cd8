"""Keeps beside the events of a change what was asked, so that it can be done again from the log.

PostgreSQL keeps both as they were written: jsonb would sort the names inside of values, and a repetition would see other ones.
The table is rewritten once.

Revision 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("history", sa.Column("command", sa.JSON(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("history", "events", type_=sa.JSON(), postgresql_using="events::json")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("history", "events", type_=JSONB(), postgresql_using="events::jsonb")
    op.drop_column("history", "command")
