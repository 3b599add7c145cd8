"""Lists of all open tasks by due date or priority need only the rows that they show.

A task without a due date, or with the usual priority, is in neither index: most steps pay for none.

Revision 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = (
    ("user_task_due", ["due_at", "id"], "status = 'open' and due_at is not null"),
    ("user_task_priority", ["priority", "id"], "status = 'open' and priority <> 50"),
)


def upgrade() -> None:
    for name, columns, where in INDEXES:
        op.create_index(name, "user_task", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, _, _ in INDEXES:
        op.drop_index(name, table_name="user_task")
