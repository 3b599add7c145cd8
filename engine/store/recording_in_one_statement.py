"""A step as one data-modifying statement of PostgreSQL: atomic by itself, one round trip.

All rows travel in one jsonb parameter; a statement names only the kinds of rows that are present, and is built once for each such
combination. Every part reads from `i`, the changed process instance: with an older version `i` is empty and nothing happens.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

import orjson

from engine.errors import Invalid
from engine.store.changes import Step
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

#: Columns as in a column definition list: name type, name type.
_INSTANCE_COLUMNS = (
    "id uuid, definition_id uuid, key text, business_key text, title text, status text, outcome text, version int,"
    " initiator text, initiator_department text, started_at timestamptz, ended_at timestamptz"
)


def _names(columns: str, prefix: str = "") -> str:
    return ", ".join(prefix + column.split()[0] for column in columns.split(", "))


_START = f"""with p as (select %s::jsonb as j),
i as (insert into process_instance ({_names(_INSTANCE_COLUMNS)}, state)
 select {_names(_INSTANCE_COLUMNS, "n.")}, %s from p, jsonb_to_record(p.j->'instance') as n({_INSTANCE_COLUMNS}) returning id)"""

_UPDATE = """with p as (select %s::jsonb as j),
i as (update process_instance set state = %s, version = version + 1, status = p.j->>'status', outcome = p.j->>'outcome',
 title = p.j->>'title', business_key = p.j->>'business_key', ended_at = (p.j->>'ended_at')::timestamptz
 from p where id = %s and version = %s returning id)"""

_HISTORY = """h as (insert into history (process_instance_id, version, at, actor, verb, element, events)
 select i.id, (p.j->>'version')::int, (p.j->>'at')::timestamptz, p.j->>'by', p.j->>'verb', p.j->>'element', p.j->'events'
 from i, p)"""

_NUMBERS = "(select jsonb_array_elements_text(p.j->'{0}')::int)"


def _insert(section: str, table: str, columns: str, more: str = "") -> str:
    return (
        f"insert into {table} (process_instance_id, {_names(columns)}) select i.id, {_names(columns, 'n.')}"
        f" from i, p, jsonb_to_recordset(p.j->'{section}') as n({columns}){more}"
    )


def _close(section: str, change: str, source: str, table: str, column: str = "token", more: str = "") -> str:
    return (
        f"{change} {source} i, p where {table}.process_instance_id = i.id"
        f" and {table}.{column} in {_NUMBERS.format(section)}{more}"
    )


#: What to add to the statement when the parameter has rows under this name.
_SECTIONS: dict[str, str] = {
    "user_tasks": _insert(
        "user_tasks",
        "user_task",
        "id uuid, definition_id uuid, token int, element text, name text, name_en text, form text, priority int,"
        " due_at timestamptz, created_at timestamptz, status text, assignee text, candidates jsonb, facts jsonb,"
        " summary jsonb, summary_text text",
    ),
    "candidates": _insert("candidates", "user_task_candidate", "user_task_id uuid, candidate text"),
    "completed_user_task": "update user_task set status = 'completed', completed_at = (p.j->>'at')::timestamptz,"
    " completed_by = p.j->>'by',"
    " outcome = p.j->'completed_user_task'->>'outcome', comment = p.j->'completed_user_task'->>'comment',"
    " draft = null, draft_comment = null"
    " from i, p where user_task.id = (p.j->'completed_user_task'->>'id')::uuid",
    "had_candidates": "delete from user_task_candidate using i, p where user_task_id = (p.j->'completed_user_task'->>'id')::uuid",
    "cancelled_user_tasks": _close(
        "cancelled_user_tasks",
        "update user_task set status = 'cancelled', completed_at = (p.j->>'at')::timestamptz",
        "from",
        "user_task",
    ),
    "cancelled_candidates": "delete from user_task_candidate using i, p where user_task_id in (select t.id from user_task t"
    f" where t.process_instance_id = i.id and t.token in {_NUMBERS.format('cancelled_user_tasks')})",
    "jobs": _insert(
        "jobs",
        "job",
        "id uuid, definition_id uuid, token int, element text, kind text, connector text, inputs jsonb, created_at timestamptz,"
        " status text, retries int, attempts int, due_at timestamptz",
    ),
    "completed_jobs": _close("completed_jobs", "update job set status = 'completed', lease_until = null", "from", "job"),
    "cancelled_jobs": _close("cancelled_jobs", "update job set status = 'cancelled', lease_until = null", "from", "job"),
    "timers": _insert(
        "timers",
        "timer",
        "id uuid, definition_id uuid, element text, token int, subscription int, due_at timestamptz, since timestamptz,"
        " fired int",
        " on conflict (process_instance_id, subscription) do update"
        " set due_at = excluded.due_at, since = excluded.since, claimed_until = null, error = null",
    ),
    "closed_timers": _close("closed_timers", "delete from timer", "using", "timer", "subscription"),
    "subscriptions": _insert(
        "subscriptions",
        "subscription",
        "id uuid, definition_id uuid, element text, token int, subscription int, kind text, name text, correlation_key text,"
        " created_at timestamptz",
    ),
    "closed_subscriptions": _close("closed_subscriptions", "delete from subscription", "using", "subscription", "subscription"),
    "settled_incidents": _close(
        "settled_incidents",
        "update incident set resolved_at = (p.j->>'at')::timestamptz, resolved_by = p.j->>'by'",
        "from",
        "incident",
        more=" and incident.resolved_at is null",
    ),
    "adopted_attachments": "update attachment set process_instance_id = i.id from i, p"
    " where attachment.process_instance_id is null and attachment.added_by = p.j->>'by'"
    " and attachment.id in (select jsonb_array_elements_text(p.j->'adopted_attachments')::uuid)",
    "outbox": _insert(
        "outbox", "outbox", "id uuid, kind text, body jsonb, created_at timestamptz, due_at timestamptz, attempts int"
    ),
}

_INSTANCE = tuple(field.name for field in fields(ProcessInstance) if field.name != "has_incidents")
_ROWS = tuple(name for name in _SECTIONS if name not in ("completed_user_task", "had_candidates", "cancelled_candidates"))


def record_start(work: UnitOfWork, step: Step) -> None:
    parameter, present = _parameter(step)
    instance = step.instance
    parameter["instance"] = {name: getattr(instance, name) for name in _INSTANCE}
    work.write_alone(_statement(_START, present), (_dump(parameter), step.state))


def record(work: UnitOfWork, step: Step) -> bool:
    parameter, present = _parameter(step)
    instance = step.instance
    parameter["status"] = instance.status
    parameter["outcome"] = instance.outcome
    parameter["title"] = instance.title
    parameter["business_key"] = instance.business_key
    parameter["ended_at"] = instance.ended_at
    arguments = (_dump(parameter), step.state, instance.id, step.read_version)
    return work.write_alone(_statement(_UPDATE, present), arguments) is not None


@lru_cache(maxsize=512)
def _statement(head: str, present: tuple[str, ...]) -> str:
    parts = [head, _HISTORY, *(f"s{number} as ({_SECTIONS[name]})" for number, name in enumerate(present))]
    return ",\n".join(parts) + "\nselect id from i"


def _parameter(step: Step) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The rows by section, and the names of the sections that have any."""
    changes, transition = step.changes, step.transition
    parameter = {name: rows for name in _ROWS if (rows := getattr(changes, name))}
    present = list(parameter)
    if changes.cancelled_user_tasks:
        present.append("cancelled_candidates")
    task = changes.completed_user_task
    if task is not None:
        parameter["completed_user_task"] = {"id": task.id, "outcome": task.outcome, "comment": task.comment}
        present.extend(("completed_user_task", "had_candidates") if task.had_candidates else ("completed_user_task",))
    parameter["version"] = transition.version
    parameter["at"] = transition.at
    parameter["by"] = transition.actor
    parameter["verb"] = transition.verb
    parameter["element"] = transition.element
    parameter["events"] = transition.events
    return parameter, tuple(present)


def _dump(parameter: dict[str, Any]) -> str:
    text = orjson.dumps(parameter).decode()
    if "\\u0000" in text:
        raise Invalid(why="a value contains the character NUL (U+0000), which PostgreSQL cannot keep in text. Remove it.")
    return text
