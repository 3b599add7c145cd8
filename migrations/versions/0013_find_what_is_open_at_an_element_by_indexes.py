"""Instances at an element are found by what is open there: user tasks, jobs, timers and subscriptions, however much is done.

Revision 0013, after 0012.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: Which rows of a table are open.
OPEN = {
    "user_task": "status = 'open'",
    "job": "status in ('open', 'failed')",
    "timer": "process_instance_id is not null",
    "subscription": "process_instance_id is not null",
}


def upgrade() -> None:
    for table, where in OPEN.items():
        columns = ["element", "process_instance_id"]
        op.create_index(f"{table}_open_at", table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for table in OPEN:
        op.drop_index(f"{table}_open_at", table_name=table)
