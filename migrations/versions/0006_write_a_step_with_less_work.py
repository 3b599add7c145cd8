"""Takes away what a step of a process instance pays for and nobody needs.

Rows of a process instance are written only by the statement that has just written the instance, so a foreign key to it asks what
is known. Candidate rows are deleted by their key.

Revision 0006, after 0005.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("user_task", "job", "timer", "subscription")


def upgrade() -> None:
    op.drop_index("user_task_candidate_of_task", table_name="user_task_candidate")
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"{table}_process_instance_id_fkey", type_="foreignkey")


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.create_foreign_key(f"{table}_process_instance_id_fkey", "process_instance", ["process_instance_id"], ["id"])
    op.create_index("user_task_candidate_of_task", "user_task_candidate", ["user_task_id"])
