"""Creates the tables of the service: people, sign-in, webhooks, notifications, background.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "background_tick",
        sa.Column("loop", sa.String(length=64), nullable=False),
        sa.Column("ticked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("loop", name=op.f("background_tick_pkey")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.String(length=64), nullable=True),
        sa.Column("head_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("department_pkey")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("idempotency_key_pkey")),
    )
    op.create_index(op.f("idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("organisation_pkey")),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("position_pkey")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("role_pkey")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", MOMENT, nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("sign_in_attempt_pkey")),
    )
    op.create_index(op.f("sign_in_attempt_failed_at"), "sign_in_attempt", ["failed_at"], unique=False)
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("style", sa.String(length=16), nullable=False),
        sa.Column("effect", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("business_key", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("acts_as", sa.String(length=64), nullable=True),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("refused_count", sa.Integer(), nullable=False),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("refused_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_endpoint_pkey")),
        sa.UniqueConstraint("name", name=op.f("webhook_endpoint_name_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("department_id", sa.String(length=64), nullable=True),
        sa.Column("position_id", sa.String(length=64), nullable=True),
        sa.Column("superior_id", sa.String(length=64), nullable=True),
        sa.Column(
            "rights",
            JSON,
            nullable=False,
        ),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("person_department_id_fkey")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("person_position_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("person_pkey")),
        sa.UniqueConstraint("email", name=op.f("person_email_key")),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column(
            "headers",
            JSON,
            nullable=False,
        ),
        sa.Column(
            "query",
            JSON,
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "answer",
            JSON,
            nullable=True,
        ),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("replay_of", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoint.id"], name=op.f("webhook_delivery_endpoint_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_delivery_pkey")),
    )
    op.create_index(
        "webhook_delivery_accepted",
        "webhook_delivery",
        ["endpoint_id", "event_id"],
        unique=True,
        sqlite_where=sa.text("status = 'accepted'"),
        postgresql_where=sa.text("status = 'accepted'"),
    )
    op.create_index(
        op.f("webhook_delivery_endpoint_id_received_at"), "webhook_delivery", ["endpoint_id", "received_at"], unique=False
    )
    op.create_index(op.f("webhook_delivery_received_at"), "webhook_delivery", ["received_at"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "rights",
            JSON,
            nullable=False,
        ),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("api_token_person_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("api_token_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("api_token_token_hash_key")),
    )
    op.create_index(op.f("api_token_person_id"), "api_token", ["person_id"], unique=False)
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("notification_person_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("notification_pkey")),
    )
    op.create_index(op.f("notification_person_id_created_at_id"), "notification", ["person_id", "created_at", "id"], unique=False)
    op.create_table(
        "role_holder",
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("role_id", sa.String(length=64), nullable=False),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("role_holder_person_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("role_holder_role_id_fkey")),
        sa.PrimaryKeyConstraint("person_id", "role_id", "department_id", name=op.f("role_holder_pkey")),
    )
    op.create_table(
        "session",
        sa.Column("id_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("session_person_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("session_pkey")),
    )
    op.create_index(op.f("session_expires_at"), "session", ["expires_at"], unique=False)
    op.create_index(op.f("session_person_id"), "session", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("session_person_id"), table_name="session")
    op.drop_index(op.f("session_expires_at"), table_name="session")
    op.drop_table("session")
    op.drop_table("role_holder")
    op.drop_index(op.f("notification_person_id_created_at_id"), table_name="notification")
    op.drop_table("notification")
    op.drop_index(op.f("api_token_person_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_index(op.f("webhook_delivery_received_at"), table_name="webhook_delivery")
    op.drop_index(op.f("webhook_delivery_endpoint_id_received_at"), table_name="webhook_delivery")
    op.drop_index(
        "webhook_delivery_accepted",
        table_name="webhook_delivery",
        sqlite_where=sa.text("status = 'accepted'"),
        postgresql_where=sa.text("status = 'accepted'"),
    )
    op.drop_table("webhook_delivery")
    op.drop_table("person")
    op.drop_table("webhook_endpoint")
    op.drop_index(op.f("sign_in_attempt_failed_at"), table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("role")
    op.drop_table("position")
    op.drop_table("organisation")
    op.drop_index(op.f("idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_table("department")
    op.drop_table("background_tick")
