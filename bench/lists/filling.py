"""Years of work: the originals copied in the database, each copy with people, titles, numbers and moments of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from bench.lists.originals import Original

#: UUIDv7 of a moment, the rest of it made of a text, so that a copy of a row that refers to another knows the other's copy.
_ID = """
create or replace function bench_id(at timestamptz, seed text) returns uuid language sql immutable as $$
  select encode(set_byte(overlay(decode(md5(seed), 'hex')
    placing substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6), 6, 112), 'hex')::uuid
$$"""

#: A row for each copy: `n` numbers all of them, `r` and `q` are as good as random.
_COPIES = """
create table bench_copy as
select n, abs(hashint4(n)) as r, abs(hashint4(n * 7 + 3)) as q, bench_id(t.started_at - older, 'instance' || n) as id,
  o.id as original, older
from (
  select o.*, sum(count) over (order by id) - count as first,
    case when is_finished then interval '1095 days' else interval '60 days' end as over,
    case when is_finished then interval '2 days' else interval '1 hour' end as least
  from bench_original o
) o
cross join lateral (
  select (o.first + k)::int as n, o.over * (k - random()) / o.count + o.least as older from generate_series(1, o.count) k
) copies
join process_instance t on t.id = o.id
"""

_PERSON = "case when (c.r + {0}) % 400 = 1 then 'busy' when (c.r + {0}) % 5000 = 2 then 'calm' else 'p' || (c.r + {0}) % 300 end"
_GROUP = (
    "case when c.q % 10 = 3 then 'role:clerk' when c.q % 3000 = 1 then 'role:lawyer@d2'"
    " else 'role:r' || c.q % 10 || '@d' || (c.q / 10) % 12 end"
)
_CUSTOMER = (
    "(array['北京','上海','广州','深圳','杭州','成都','武汉','西安','南京','苏州','青岛','大连'])[1 + c.r % 12]"
    " || (array['远大','恒通','华信','中科','海纳','金桥','百川','同济','长虹','四方'])[1 + (c.r / 12) % 10]"
    " || (array['科技','贸易','机械','电子','物流','建材'])[1 + (c.r / 120) % 6] || '有限公司'"
)
_AMOUNT = "(c.q % 1000000) / 100.0"
_SUMMARY = (
    f"""jsonb_build_array(jsonb_build_object('name', '客户', 'name_en', 'Customer', 'value', {_CUSTOMER}),"""
    f""" jsonb_build_object('name', '金额', 'name_en', 'Amount', 'unit', '元', 'unit_en', 'CNY', 'value', {_AMOUNT}))"""
)
_OWN_ID = "bench_id(t.created_at - c.older, c.id::text || t.id::text)"

#: By table: the columns that are not simply those of the original. Moments without a word here are as much older as the copy.
TABLES: Mapping[str, Mapping[str, str]] = {
    "process_instance": {
        "id": "c.id",
        "title": f"{_CUSTOMER} || (array['设备采购','年度框架','售后维保','软件许可','差旅报销','场地租赁'])[1 + c.q % 6] || c.n",
        "business_key": "'HT-' || to_char(c.n, 'FM00000000')",
        "initiator": _PERSON.format(0),
        "initiator_department": "'d' || c.r % 12",
    },
    "history": {"process_instance_id": "c.id", "actor": _PERSON.format("t.version")},
    "user_task": {
        "id": _OWN_ID,
        "process_instance_id": "c.id",
        "assignee": f"case when t.assignee is not null then {_PERSON.format('t.token')} end",
        "candidates": f"jsonb_build_array({_GROUP})",
        "completed_by": f"case when t.completed_by is not null then {_PERSON.format('t.token')} end",
        "priority": "(array[25,50,50,50,75,90])[1 + (c.q + t.token) % 6]",
        "due_at": "case when (c.r + t.token) % 3 > 0 then t.created_at - c.older + interval '1 hour' * (c.q % 2000) end",
        "summary": _SUMMARY,
        "summary_text": f"{_CUSTOMER} || ' ' || {_AMOUNT}",
    },
    "job": {"id": _OWN_ID, "process_instance_id": "c.id"},
    "incident": {
        "id": _OWN_ID,
        "process_instance_id": "c.id",
        "trigger_id": "(select bench_id(j.created_at - c.older, c.id::text || j.id::text) from job j where j.id = t.trigger_id)",
    },
    "timer": {"id": "bench_id(t.since - c.older, c.id::text || t.id::text)", "process_instance_id": "c.id"},
    "subscription": {
        "id": _OWN_ID,
        "process_instance_id": "c.id",
        "correlation_key": "'HT-' || to_char(c.n, 'FM00000000')",
        "correlation_digest": "md5(c.n::text)",
    },
}

_CANDIDATES = """
insert into user_task_candidate (candidate, user_task_id, process_instance_id)
select jsonb_array_elements_text(candidates), id, process_instance_id from user_task where status = 'open' and assignee is null
on conflict do nothing"""

#: What is beside the process instances, for a million of them; `{0}` is which part of a million there is.
_BESIDE = (
    """insert into notification (id, person_id, subject, text, created_at, read_at)
    select bench_id(now() - interval '1 hour' * n, 'note' || p.id || n), p.id, '您有一项新任务', '某公司设备采购',
      now() - interval '1 hour' * n, case when n > 5 then now() - interval '1 hour' * n end
    from person p cross join generate_series(1, (1000 * {0})::int) n""",
    """insert into webhook_delivery (id, endpoint_id, event_id, received_at, status, headers, query, body, answer)
    select bench_id(now() - interval '1 second' * n, e.id::text || n), e.id, 'event-' || n, now() - interval '1 second' * n,
      case when n % 50 = 0 then 'failed' else 'accepted' end, '{{}}', '{{}}', '\\x7b7d', '{{}}'
    from webhook_endpoint e cross join generate_series(1, (20000 * {0})::int) n""",
    """insert into attachment (id, process_instance_id, name, content_type, size, sha256, added_by, added_at)
    select bench_id(now() - c.older, 'file' || c.n || f), c.id, '合同' || f || '.pdf', 'application/pdf', 100000, repeat('0', 64),
      'p1', now() - c.older from bench_copy c cross join generate_series(1, 2) f where c.n % 10 = 0""",
    """insert into inbound_event (id, at, answer) select 'event-' || n, now() - interval '1 second' * n, '{{}}'
    from generate_series(1, (100000 * {0})::int) n""",
)


def fill(connection: psycopg.Connection[Any], originals: Iterable[Original], *, finished: int, open: int) -> None:
    """So many of each kind, and statistics. As a superuser: foreign keys are not checked for rows that are right by making."""
    connection.execute("set session_replication_role = replica")
    connection.execute(_ID)
    connection.execute("create table bench_original (id uuid primary key, is_finished boolean, count int)")
    with connection.cursor() as cursor:
        counts = [(each.id, each.is_finished, round((finished if each.is_finished else open) * each.share)) for each in originals]
        cursor.executemany("insert into bench_original values (%s, %s, %s)", counts)
    connection.execute(_COPIES)
    connection.execute("analyze bench_copy")
    with _without_indexes(connection):
        for table, values in TABLES.items():
            _copy(connection, table, values)
        connection.execute(_CANDIDATES)
        for statement in _BESIDE:
            connection.execute(statement.format(max(finished / 1_000_000, 0.05)))
    connection.execute("set session_replication_role = origin")
    connection.execute("vacuum analyze")


def _copy(connection: psycopg.Connection[Any], table: str, own: Mapping[str, str]) -> None:
    owner = "id" if table == "process_instance" else "process_instance_id"
    columns = connection.execute(
        "select column_name, data_type from information_schema.columns where table_name = %s", (table,)
    ).fetchall()
    moved = {name: f"t.{name} - c.older" for name, kind in columns if kind.startswith("timestamp")}
    values = {name: f"t.{name}" for name, _ in columns} | moved | dict(own)
    names = ", ".join(f'"{name}"' for name in values)
    connection.execute(
        f"insert into {table} ({names}) select {', '.join(values.values())}"
        f" from {table} t join bench_copy c on c.original = t.{owner}"
    )


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Those that are no constraint are made at the end: ten times as fast as row by row."""
    indexes = connection.execute(
        "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = any(%s)"
        " and indexname not in (select conname from pg_constraint)",
        ([*TABLES, "user_task_candidate", "notification", "webhook_delivery", "attachment"],),
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'drop index "{name}"')
    yield
    for _, definition in indexes:
        connection.execute(definition)
