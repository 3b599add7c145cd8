"""Old notifications are forgotten without reading those that are kept.

Revision 0016, after 0015.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("notification_created_at", "notification", ["created_at"])


def downgrade() -> None:
    op.drop_index("notification_created_at", table_name="notification")
