"""The number at the bell, which every page asks for, is counted without the notifications that are read.

Revision 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at is null")


def upgrade() -> None:
    op.create_index("notification_unread", "notification", ["person_id"], sqlite_where=UNREAD, postgresql_where=UNREAD)


def downgrade() -> None:
    op.drop_index("notification_unread", table_name="notification")
