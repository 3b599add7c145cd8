"""Keeps why something failed with the values of its sentence, so that it can be said in the reader's language.

What was stored as an English text stays one: `{"text": …}`, without a template.

Revision 0012, after 0011.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SENTENCE = sa.JSON().with_variant(JSONB(), "postgresql")

#: In which column of a table the sentence is.
COLUMNS = {
    "incident": "cause",
    "job": "error",
    "timer": "error",
    "outbox": "error",
    "webhook_delivery": "sentence",
    "notification": "mail_error",
}


def upgrade() -> None:
    with op.batch_alter_table("webhook_delivery") as batch:
        batch.alter_column("sentence", existing_type=sa.Text(), nullable=True)
    op.execute("update webhook_delivery set sentence = null where sentence = ''")
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=sa.Text(), type_=SENTENCE, postgresql_using=_as_json(column))
        if _is_sqlite():
            op.execute(f"update {table} set {column} = {_as_json(column)} where {column} is not null")
    _replace_refused_why(SENTENCE, _as_json("refused_why"))


def downgrade() -> None:
    for table, column in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=SENTENCE, type_=sa.Text(), postgresql_using=_as_text(column))
        if _is_sqlite():
            op.execute(f"update {table} set {column} = {_as_text(column)} where {column} is not null")
    op.execute("update webhook_delivery set sentence = '' where sentence is null")
    with op.batch_alter_table("webhook_delivery") as batch:
        batch.alter_column("sentence", existing_type=sa.Text(), nullable=False)
    _replace_refused_why(sa.Text(), _as_text("refused_why"))


def _replace_refused_why(type: sa.types.TypeEngine[Any], value: str) -> None:
    """The table is left as it is: SQLite would delete the deliveries of endpoints whose table is made anew."""
    op.add_column("webhook_endpoint", sa.Column("refused_why_now", type, nullable=True))
    op.execute(f"update webhook_endpoint set refused_why_now = {value} where refused_why is not null")
    op.drop_column("webhook_endpoint", "refused_why")
    op.alter_column("webhook_endpoint", "refused_why_now", new_column_name="refused_why")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _as_json(column: str) -> str:
    if _is_sqlite():
        return f"json_object('text', {column})"
    return f"case when {column} is not null then jsonb_build_object('text', {column}) end"


def _as_text(column: str) -> str:
    return f"json_extract({column}, '$.text')" if _is_sqlite() else f"{column} ->> 'text'"
