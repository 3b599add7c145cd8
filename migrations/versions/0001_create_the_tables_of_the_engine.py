"""Creates the tables of the engine.

Revision 0001, the first.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("deployment_pkey")),
    )
    op.create_table(
        "history",
        sa.Column("process_instance_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("element", sa.String(length=255), nullable=True),
        sa.Column("events", JSON, nullable=False),
        sa.PrimaryKeyConstraint("process_instance_id", "version", name=op.f("history_pkey")),
    )
    op.create_table(
        "inbound_event",
        sa.Column("id", sa.String(length=400), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("inbound_event_pkey")),
    )
    op.create_index("inbound_event_at", "inbound_event", ["at"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=True),
        sa.Column("business_key", sa.String(length=255), nullable=True),
        sa.Column("variables", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("message_pkey")),
    )
    op.create_index("message_name", "message", ["name", "correlation_key", "id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_pkey")),
    )
    op.create_index("outbox_due", "outbox", ["due_at", "id"], unique=False, **_where("done_at is null and error is null"))
    op.create_index("outbox_of_instance", "outbox", ["process_instance_id"], unique=False)
    op.create_table(
        "user_task_candidate",
        sa.Column("candidate", sa.String(length=420), nullable=False),
        sa.Column("user_task_id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("candidate", "user_task_id", name=op.f("user_task_candidate_pkey")),
    )
    op.create_index("user_task_candidate_of_task", "user_task_candidate", ["user_task_id"], unique=False)
    op.create_table(
        "form_definition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("schema", JSON, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("form_definition_deployment_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("form_definition_pkey")),
    )
    op.create_index(op.f("form_definition_deployment_id"), "form_definition", ["deployment_id"], unique=False)
    op.create_index("form_definition_key_version", "form_definition", ["key", "version"], unique=True)
    op.create_index("form_definition_latest", "form_definition", ["key"], unique=True, **_where("is_latest"))
    op.create_table(
        "resource",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("resource_deployment_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("resource_pkey")),
    )
    op.create_index(op.f("resource_deployment_id"), "resource", ["deployment_id"], unique=False)
    op.create_table(
        "decision_definition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("decision_definition_deployment_id_fkey")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("decision_definition_resource_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("decision_definition_pkey")),
    )
    op.create_index(op.f("decision_definition_deployment_id"), "decision_definition", ["deployment_id"], unique=False)
    op.create_index("decision_definition_key_version", "decision_definition", ["key", "version"], unique=True)
    op.create_index("decision_definition_latest", "decision_definition", ["key"], unique=True, **_where("is_latest"))
    op.create_table(
        "process_definition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("area", sa.String(length=255), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("process_definition_deployment_id_fkey")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("process_definition_resource_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("process_definition_pkey")),
    )
    op.create_index(op.f("process_definition_deployment_id"), "process_definition", ["deployment_id"], unique=False)
    op.create_index("process_definition_key_version", "process_definition", ["key", "version"], unique=True)
    op.create_index("process_definition_latest", "process_definition", ["key"], unique=True, **_where("is_latest"))
    op.create_table(
        "process_instance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("business_key", sa.String(length=255), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("initiator", sa.String(length=200), nullable=False),
        sa.Column("initiator_department", sa.String(length=200), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["process_definition.id"], name=op.f("process_instance_definition_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("process_instance_pkey")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(
        "process_instance_business_key", "process_instance", ["business_key"], unique=False, **_where("business_key is not null")
    )
    op.create_index("process_instance_definition_id", "process_instance", ["definition_id"], unique=False)
    op.create_index("process_instance_initiator_id", "process_instance", ["initiator", "id"], unique=False)
    op.create_index("process_instance_key_id", "process_instance", ["key", "id"], unique=False)
    op.create_index("process_instance_open", "process_instance", ["id"], unique=False, **_where("ended_at is null"))
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("user_task_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_id"], ["process_instance.id"], name=op.f("attachment_process_instance_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attachment_pkey")),
    )
    op.create_index("attachment_of_instance", "attachment", ["process_instance_id", "id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("trigger_id", sa.Uuid(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("resolved_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_id"], ["process_instance.id"], name=op.f("incident_process_instance_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("incident_pkey")),
    )
    op.create_index("incident_of_instance", "incident", ["process_instance_id", "token"], unique=False)
    op.create_index("incident_open", "incident", ["process_instance_id", "id"], unique=False, **_where("resolved_at is null"))
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("connector", sa.String(length=255), nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_id"], ["process_instance.id"], name=op.f("job_process_instance_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("job_pkey")),
    )
    op.create_index("job_due", "job", ["due_at", "id"], unique=False, **_where("status = 'open'"))
    op.create_index("job_of_instance", "job", ["process_instance_id", "token"], unique=True)
    op.create_table(
        "subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("element", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("subscription", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["process_instance_id"], ["process_instance.id"], name=op.f("subscription_process_instance_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("subscription_pkey")),
    )
    op.create_index("subscription_name", "subscription", ["kind", "name", "correlation_key", "id"], unique=False)
    op.create_index("subscription_of_definition", "subscription", ["key"], unique=False, **_where("key is not null"))
    op.create_index("subscription_of_instance", "subscription", ["process_instance_id", "subscription"], unique=True)
    op.create_table(
        "timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=True),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("element", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("subscription", sa.Integer(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("fired", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["process_instance_id"], ["process_instance.id"], name=op.f("timer_process_instance_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("timer_pkey")),
    )
    op.create_index("timer_due", "timer", ["due_at", "id"], unique=False, **_where("error is null"))
    op.create_index("timer_of_definition", "timer", ["key"], unique=False, **_where("key is not null"))
    op.create_index("timer_of_instance", "timer", ["process_instance_id", "subscription"], unique=True)
    op.create_table(
        "user_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_instance_id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=255), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("candidates", JSON, nullable=False),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.Column("completed_by", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=255), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("draft", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["process_instance_id"], ["process_instance.id"], name=op.f("user_task_process_instance_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("user_task_pkey")),
        postgresql_with={"fillfactor": 85},
    )
    op.create_index("user_task_done_by", "user_task", ["completed_by", "id"], unique=False, **_where("status = 'completed'"))
    op.create_index(
        "user_task_of_assignee",
        "user_task",
        ["assignee", "id"],
        unique=False,
        **_where("status = 'open' and assignee is not null"),
    )
    op.create_index("user_task_of_instance", "user_task", ["process_instance_id", "token"], unique=True)
    op.create_index("user_task_open", "user_task", ["id"], unique=False, **_where("status = 'open'"))
    op.create_table(
        "attachment_content",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("attachment_content_attachment_id_fkey")),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("attachment_content_pkey")),
    )
    if op.get_bind().dialect.name == "postgresql" and _has_lz4():
        op.execute("alter table process_instance alter column state set compression lz4")


def _has_lz4() -> bool:
    """PostgreSQL may have been built without it."""
    known = "select 'lz4' = any(enumvals) from pg_settings where name = 'default_toast_compression'"
    return bool(op.get_bind().execute(sa.text(known)).scalar())


def downgrade() -> None:
    op.drop_table("attachment_content")
    op.drop_index("user_task_open", table_name="user_task")
    op.drop_index("user_task_of_instance", table_name="user_task")
    op.drop_index("user_task_of_assignee", table_name="user_task")
    op.drop_index("user_task_done_by", table_name="user_task")
    op.drop_table("user_task")
    op.drop_index("timer_of_instance", table_name="timer")
    op.drop_index("timer_of_definition", table_name="timer")
    op.drop_index("timer_due", table_name="timer")
    op.drop_table("timer")
    op.drop_index("subscription_of_instance", table_name="subscription")
    op.drop_index("subscription_of_definition", table_name="subscription")
    op.drop_index("subscription_name", table_name="subscription")
    op.drop_table("subscription")
    op.drop_index("job_of_instance", table_name="job")
    op.drop_index("job_due", table_name="job")
    op.drop_table("job")
    op.drop_index("incident_open", table_name="incident")
    op.drop_index("incident_of_instance", table_name="incident")
    op.drop_table("incident")
    op.drop_index("attachment_of_instance", table_name="attachment")
    op.drop_table("attachment")
    op.drop_index("process_instance_open", table_name="process_instance")
    op.drop_index("process_instance_key_id", table_name="process_instance")
    op.drop_index("process_instance_initiator_id", table_name="process_instance")
    op.drop_index("process_instance_definition_id", table_name="process_instance")
    op.drop_index("process_instance_business_key", table_name="process_instance")
    op.drop_table("process_instance")
    op.drop_index("process_definition_latest", table_name="process_definition")
    op.drop_index("process_definition_key_version", table_name="process_definition")
    op.drop_index(op.f("process_definition_deployment_id"), table_name="process_definition")
    op.drop_table("process_definition")
    op.drop_index("decision_definition_latest", table_name="decision_definition")
    op.drop_index("decision_definition_key_version", table_name="decision_definition")
    op.drop_index(op.f("decision_definition_deployment_id"), table_name="decision_definition")
    op.drop_table("decision_definition")
    op.drop_index(op.f("resource_deployment_id"), table_name="resource")
    op.drop_table("resource")
    op.drop_index("form_definition_latest", table_name="form_definition")
    op.drop_index("form_definition_key_version", table_name="form_definition")
    op.drop_index(op.f("form_definition_deployment_id"), table_name="form_definition")
    op.drop_table("form_definition")
    op.drop_index("user_task_candidate_of_task", table_name="user_task_candidate")
    op.drop_table("user_task_candidate")
    op.drop_index("outbox_of_instance", table_name="outbox")
    op.drop_index("outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("message_name", table_name="message")
    op.drop_table("message")
    op.drop_index("inbound_event_at", table_name="inbound_event")
    op.drop_table("inbound_event")
    op.drop_table("history")
    op.drop_table("deployment")
