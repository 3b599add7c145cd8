"""Lists of process instances and of what a person has done need only rows that they show, however much is finished.

Open instances by key and by who started them, suspended ones; instances of a definition in the order of lists; what somebody has
done with the instance it belongs to; tasks that were taken away from somebody or from everybody.

Revision 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: Of some rows each: name, table, columns, which rows.
PARTIAL = (
    ("process_instance_open_of_key", "process_instance", ["key", "id"], "ended_at is null"),
    ("process_instance_open_of_initiator", "process_instance", ["initiator", "id"], "ended_at is null"),
    ("process_instance_suspended", "process_instance", ["id"], "status = 'suspended'"),
    ("user_task_cancelled", "user_task", ["id"], "status = 'cancelled'"),
    (
        "user_task_closed_by_others",
        "user_task",
        ["assignee", "id", "process_instance_id"],
        "status <> 'open' and assignee is not null and (completed_by is null or completed_by <> assignee)",
    ),
)
DONE = "status = 'completed'"


def upgrade() -> None:
    for name, table, columns, where in PARTIAL:
        _create(name, table, columns, where)
    op.drop_index("process_instance_definition_id", table_name="process_instance")
    op.create_index("process_instance_definition_id_id", "process_instance", ["definition_id", "id"])
    op.drop_index("user_task_done_by", table_name="user_task")
    _create("user_task_done_by", "user_task", ["completed_by", "completed_at", "id", "process_instance_id"], DONE)


def downgrade() -> None:
    op.drop_index("user_task_done_by", table_name="user_task")
    _create("user_task_done_by", "user_task", ["completed_by", "completed_at", "id"], DONE)
    op.drop_index("process_instance_definition_id_id", table_name="process_instance")
    op.create_index("process_instance_definition_id", "process_instance", ["definition_id"])
    for name, table, _, _ in PARTIAL:
        op.drop_index(name, table_name=table)


def _create(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
