"""Remembers what webhook senders signed, so that a delivery repeated under another event id is known.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_IS_ACCEPTED = sa.text("status = 'accepted'")


def upgrade() -> None:
    op.add_column("webhook_delivery", sa.Column("signed_digest", sa.String(length=64), nullable=True))
    op.create_index(
        "webhook_delivery_signed",
        "webhook_delivery",
        ["endpoint_id", "signed_digest"],
        unique=True,
        sqlite_where=_IS_ACCEPTED,
        postgresql_where=_IS_ACCEPTED,
    )


def downgrade() -> None:
    op.drop_index("webhook_delivery_signed", table_name="webhook_delivery")
    op.drop_column("webhook_delivery", "signed_digest")
