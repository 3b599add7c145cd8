"""PostgreSQL finds the rows that a step changes by an index, whatever else is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from engine.store import Database, open_database
from engine.store.recording_in_one_statement import statement
from engine.store.step_parts import CHANGED, UPDATE
from tests.engine.conftest import Begin

#: Below, PostgreSQL rightly reads the few pages as they lie: a condition that is one key costs it least to look up.
FEW, MANY = 500, 3000

#: What rows of a process instance have in common; each of the new instances has one of everything.
_TASK = "process_instance_id, definition_id, element, token"
_FILLED = (
    "insert into process_instance (id, definition_id, key, title, status, version, initiator, started_at, state)"
    " select md5(n::text)::uuid, i.definition_id, i.key, i.title, i.status, 1, i.initiator, i.started_at, i.state"
    " from process_instance i, generate_series(1, {count}) n",
    f"insert into user_task ({_TASK}, id, name, name_en, priority, created_at, status, candidates, facts)"
    " select i.id, i.definition_id, 'a', 2, i.id, 'A', '', 50, i.started_at, 'open', '[\"role:x\"]', '{}'"
    " from process_instance i where i.id not in (select process_instance_id from user_task)",
    "insert into user_task_candidate (candidate, user_task_id, process_instance_id)"
    " select 'role:x', t.id, t.process_instance_id from user_task t on conflict do nothing",
    f"insert into job ({_TASK}, id, kind, connector, inputs, created_at, status, retries, attempts, due_at)"
    f" select {_TASK}, id, 'topic', 'x', '{{}}', created_at, 'open', 3, 0, created_at from user_task",
    f"insert into timer ({_TASK}, id, subscription, due_at, since) select {_TASK}, id, 1, created_at, created_at from user_task",
    f"insert into subscription ({_TASK}, id, subscription, kind, name, created_at)"
    f" select {_TASK}, id, 1, 'message', 'x', created_at from user_task",
    f"insert into incident ({_TASK}, id, kind, cause, count, created_at, last_at)"
    f" select {_TASK}, id, 'step', '{{}}', 1, created_at, created_at from user_task",
    "insert into attachment (id, name, content_type, size, sha256, added_by, added_at)"
    " select id, 'x', 'x', 1, 'x', 'x', created_at from user_task",
    "analyze",
    "set plan_cache_mode = force_generic_plan",
)


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url)
    yield database
    database.close()


def plan(connection: Connection, name: str) -> str:
    """As for a prepared statement that knows no values."""
    part = statement(UPDATE, (name,))
    connection.exec_driver_sql(f"prepare step as {part.text}")
    rows = connection.exec_driver_sql(f"explain execute step({', '.join(['null'] * part.width)})").all()
    connection.exec_driver_sql("deallocate step")
    return "\n".join(line for (line,) in rows)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_no_part_of_a_step_reads_a_whole_table(database: Database, begin: Begin, count: int) -> None:
    begin("two-steps", customer="ACME")
    with database.engine.connect() as connection:
        for sql in _FILLED:
            connection.exec_driver_sql(sql.replace("{count}", str(count)))
        plans = {name: plan(connection, name) for name in CHANGED}
    reading = {name: text for name, text in plans.items() if "Seq Scan" in text}
    several = {"its_candidates", "cancelled_candidates", "adopted_attachments"}
    assert {*reading} <= (several if count == FEW else set()), "\n\n".join(reading.values())
