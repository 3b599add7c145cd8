"""API tokens, webhook endpoints and secrets get seals: `liuzhuan migrate` writes them for what is there.

Revision 0025, after 0024.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KINDS = ("api_token", "webhook_endpoint", "secret")


def upgrade() -> None:
    made = op.create_table(
        "seal",
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("seal_pkey")),
    )
    op.bulk_insert(made, [{"kind": kind, "digest": b""} for kind in KINDS])


def downgrade() -> None:
    op.drop_table("seal")
