"""Notifications get English words and leave by e-mail; finds lost leases, and what was given up without an incident.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")

_MAILS = sa.text("mail_due_at is not null")
_GIVEN_UP = sa.text("error is not null")
_LEASED = sa.text("status = 'open' and lease_until is not null")
_FAILED_MAILS = sa.text("mail_error is not null")


def upgrade() -> None:
    op.add_column("notification", sa.Column("subject_en", sa.String(200), server_default="", nullable=False))
    op.add_column("notification", sa.Column("text_en", sa.Text(), server_default="", nullable=False))
    op.add_column("notification", sa.Column("mail_due_at", MOMENT, nullable=True))
    op.add_column("notification", sa.Column("mail_attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("notification", sa.Column("mail_error", sa.Text(), nullable=True))
    _index("notification_mail_due", "notification", ["mail_due_at", "id"], _MAILS)
    _index("notification_mail_failed", "notification", ["id"], _FAILED_MAILS)
    _index("outbox_given_up", "outbox", ["id"], _GIVEN_UP)
    _index("timer_given_up", "timer", ["id"], _GIVEN_UP)
    _index("job_leased", "job", ["lease_until"], _LEASED)


def downgrade() -> None:
    for name, table in (("job_leased", "job"), ("timer_given_up", "timer"), ("outbox_given_up", "outbox")):
        op.drop_index(name, table_name=table)
    for name in ("notification_mail_failed", "notification_mail_due"):
        op.drop_index(name, table_name="notification")
    for column in ("mail_error", "mail_attempts", "mail_due_at", "text_en", "subject_en"):
        op.drop_column("notification", column)


def _index(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
