"""People, roles and rights get a seal too: the next import writes it, or the next anchor.

Revision 0020, after 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")
    op.add_column("organisation", sa.Column("seal", sa.LargeBinary(), server_default=empty, nullable=False))


def downgrade() -> None:
    op.drop_column("organisation", "seal")
