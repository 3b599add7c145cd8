"""What stands for the placeholders of the questions, taken from the filled database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from service.parts import Parts

_IDS = {
    "instance": "select process_instance_id from user_task_candidate where candidate = 'role:clerk' limit 1",
    "task": "select user_task_id from user_task_candidate where candidate = 'role:clerk' limit 1",
    "ended": "select id from process_instance where ended_at is not null order by id limit 1",
    "failed": "select process_instance_id from incident where resolved_at is null limit 1",
    "definition": "select id from process_definition where key = 'sales-request'",
    "endpoint": "select id from webhook_endpoint where name = 'endpoint-1'",
}


def facts(parts: Parts) -> Mapping[str, str]:
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=1)
    with parts.database.engine.connect() as connection:
        found = {name: str(connection.exec_driver_sql(statement).scalar_one()) for name, statement in _IDS.items()}
    ids = {name: str(UUID(id)) for name, id in found.items()}
    return ids | {"yesterday": yesterday.strftime("%Y-%m-%dT%H:%M:%SZ"), "day": yesterday.date().isoformat()}
