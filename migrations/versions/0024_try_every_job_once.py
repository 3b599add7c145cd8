"""A job whose model wanted no repetition has one try; before it had none, and nobody was ever given it.

Jobs that have been begun and have no try left are of a worker that vanished; they have their last try now.

Revision 0024, after 0023.
"""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("update job set retries = 1 where status = 'open' and retries <= 0")


def downgrade() -> None:
    """There is nothing to take back."""
