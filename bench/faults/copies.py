"""Many process instances out of one: its rows are copied in the database, in the shapes they really have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg

#: Rows that belong to a process instance, and the columns that have to be new in a copy.
TABLES = ("history", "user_task", "user_task_candidate", "timer", "job", "subscription")
#: What is computed over a row as it was; a copy is like a process instance that began before there were chains.
UNSEALED = ("chain", "seal")

#: UUIDv7 from a moment: 48 bits of milliseconds, then random ones. Copies get ids as old as themselves.
_IDS = """
create function copy_id(at timestamptz) returns uuid language sql volatile as $$
  select encode(set_byte(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
    6, 112 + (random() * 15)::int), 'hex')::uuid
$$"""


def copy(connection: psycopg.Connection, original: UUID, count: int, over: timedelta) -> None:
    """`count` copies, begun evenly over the time before the original; everything in them is as much older as they are.

    The table `copied` then holds the id of each copy and how much older than the original it is.
    """
    connection.execute(_IDS)
    connection.execute("create table copied (id uuid primary key, older interval)")
    connection.execute(
        "insert into copied select copy_id(now() - %(over)s * n / %(count)s), %(over)s * n / %(count)s"
        " from generate_series(1, %(count)s) n",
        {"over": over, "count": count},
    )
    _copy_rows(connection, "process_instance", original, {"id": "copied.id"}, "t.id = %(original)s")
    for table in TABLES:
        _copy_rows(connection, table, original, {"process_instance_id": "copied.id"}, "t.process_instance_id = %(original)s")
    connection.execute("drop function copy_id")
    connection.execute("analyze")


def _copy_rows(connection: psycopg.Connection, table: str, original: UUID, new: dict[str, str], where: str) -> None:
    """Ids of rows are derived from the copy and the row, so that candidates find their tasks."""
    columns = connection.execute("select column_name, data_type from information_schema.columns where table_name = %s", (table,))
    values: dict[str, Any] = {}
    for name, kind in columns.fetchall():
        if name in new:
            values[name] = new[name]
        elif name in ("id", "user_task_id"):
            values[name] = f"md5(copied.id::text || t.{name}::text)::uuid"
        elif name in UNSEALED:
            values[name] = "''::bytea"
        elif kind.startswith("timestamp"):
            values[name] = f"t.{name} - copied.older"
        else:
            values[name] = f"t.{name}"
    names, selected = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
    connection.execute(
        f"insert into {table} ({names}) select {selected} from {table} t, copied where {where}",
        {"original": original},
    )
