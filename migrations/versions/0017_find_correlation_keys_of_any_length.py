"""Correlation keys are found by their digest, so that they may be of any length; timers count attempts that failed.

Revision 0017, after 0016.
"""

from __future__ import annotations

from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

#: The columns before and after the key in the index of a table.
INDEXES = {"subscription": ["kind", "name"], "message": ["name"]}


def upgrade() -> None:
    op.add_column("timer", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    for table, columns in INDEXES.items():
        op.add_column(table, sa.Column("correlation_digest", sa.String(32), nullable=True))
        _fill(table)
        op.drop_index(f"{table}_name", table_name=table)
        op.create_index(f"{table}_name", table, [*columns, "correlation_digest", "id"])


def downgrade() -> None:
    for table, columns in INDEXES.items():
        op.drop_index(f"{table}_name", table_name=table)
        op.create_index(f"{table}_name", table, [*columns, "correlation_key", "id"])
        op.drop_column(table, "correlation_digest")
    op.drop_column("timer", "attempts")


def _fill(table: str) -> None:
    connection = op.get_bind()
    found = connection.execute(sa.text(f"select id, correlation_key from {table} where correlation_key is not null"))
    rows = [{"row_id": id, "digest": blake2b(key.encode(), digest_size=16).hexdigest()} for id, key in found]
    if rows:
        connection.execute(sa.text(f"update {table} set correlation_digest = :digest where id = :row_id"), rows)
