"""Jobs that failed or were cancelled, open incidents and those of a trigger are found without reading what is done.

Jobs become due by their kind: those that wait for workers elsewhere do not stand before those of the connectors.

Revision 0014, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NEW = (
    ("job_failed", "job", ["id"], "status = 'failed'"),
    ("job_cancelled", "job", ["id"], "status = 'cancelled'"),
    ("incident_trigger", "incident", ["trigger_id"], "trigger_id is not null"),
    ("incident_newest_open", "incident", ["id"], "resolved_at is null"),
)


def upgrade() -> None:
    for name, table, columns, where in NEW:
        _create(name, table, columns, where)
    op.drop_index("job_due", table_name="job")
    _create("job_due", "job", ["kind", "due_at", "id"], "status = 'open'")


def downgrade() -> None:
    op.drop_index("job_due", table_name="job")
    _create("job_due", "job", ["due_at", "id"], "status = 'open'")
    for name, table, _, _ in NEW:
        op.drop_index(name, table_name=table)


def _create(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
