"""What stands for the placeholders of the questions, taken from the filled database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

_IDS = {
    "instance": "select process_instance_id from user_task_candidate where candidate = 'role:clerk' limit 1",
    "task": "select user_task_id from user_task_candidate where candidate = 'role:clerk' limit 1",
    "ended": "select id from process_instance where ended_at is not null order by id limit 1 offset 1000",
    "failed": "select process_instance_id from incident where resolved_at is null limit 1",
    "definition": "select id from process_definition where key = 'sales-request'",
    "endpoint": "select id from webhook_endpoint where name = 'endpoint-1'",
}


def facts(connection: psycopg.Connection[Any]) -> Mapping[str, str]:
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=1)
    found = {name: str((connection.execute(statement).fetchone() or (None,))[0]) for name, statement in _IDS.items()}
    return found | {"yesterday": yesterday.strftime("%Y-%m-%dT%H:%M:%SZ"), "day": yesterday.date().isoformat()}
