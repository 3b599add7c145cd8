"""Lets changes of what was written be noticed: chains over logs, seals on instances and deployments, anchors over all of them.

What is there already gets its chains and seals from the first anchor that a worker makes; anchor 0 marks the moment: what was
written before it was written without a chain.

Revision 0018, after 0017.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MARKS = (("process_instance", "chain"), ("process_instance", "seal"), ("deployment", "seal"))


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = sa.String(27) if is_sqlite else sa.DateTime(timezone=True)
    empty = sa.text("x''" if is_sqlite else "''")
    for table, name in _MARKS:
        op.add_column(table, sa.Column(name, sa.LargeBinary(), server_default=empty, nullable=False))
    anchor = op.create_table(
        "anchor",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="anchor_pkey"),
    )
    op.create_table(
        "anchored",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "version", name="anchored_pkey"),
    )
    op.create_index("anchored_by", "anchored", ["anchor", "subject_id"])
    now = datetime.now(UTC) if is_sqlite else op.get_bind().execute(sa.select(sa.func.now())).scalar_one()
    at = now.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z" if is_sqlite else now
    op.bulk_insert(anchor, [{"number": 0, "at": at, "count": 0, "root": b"", "digest": b"", "signature": None}])


def downgrade() -> None:
    op.drop_table("anchored")
    op.drop_table("anchor")
    for table, name in reversed(_MARKS):
        op.drop_column(table, name)
