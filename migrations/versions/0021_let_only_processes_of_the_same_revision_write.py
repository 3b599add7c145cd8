"""Whatever writes names a table of the revision that it was made for (engine/store/release.py).

Revision 0021, after 0020. From here on migrations/env.py names it anew at each step.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("revision_0021", sa.Column("empty", sa.Integer))


def downgrade() -> None:
    op.drop_table("revision_0021")
