"""A step as one data-modifying statement of PostgreSQL: atomic by itself, one round trip.

A statement names only the kinds of rows that are present, and is built once for each such combination. One row travels as plain
parameters, several of a kind as one jsonb. Every part reads from `i`, the changed process instance: with an older version `i` is
empty and nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from engine.store.changes import Changes, Step
from engine.store.prepared import Prepared
from engine.store.unit_of_work import UnitOfWork

#: Names of parameters or columns with their types.
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the statement. `{name}` stands for a parameter: one of its own, or one that every step has."""

    sql: str
    own: Columns = ()


def _columns(text: str) -> Columns:
    return tuple((name, type) for name, type in (column.split() for column in text.split(",")))


def _names(columns: Columns, form: str = "{}") -> str:
    return ", ".join(form.format(name) for name, _ in columns)


#: What every step has.
_STEP = _columns(
    "id uuid, version int, state bytea, status text, outcome text, title text, business_key text, ended_at timestamptz,"
    "steps_done int, at timestamptz, by text, verb text, element text, events jsonb, command jsonb"
)
#: Those of them that are columns of the instance.
_OF_INSTANCE = _STEP[:9]
_BEGUN = _columns("definition_id uuid, key text, initiator text, initiator_department text, started_at timestamptz")

_UPDATE = _Part(
    "update process_instance set state = {state}, version = {version}, status = {status}, outcome = {outcome},"
    " title = {title}, business_key = {business_key}, ended_at = {ended_at}, steps_done = {steps_done}"
    " where id = {id} and version = {version} - 1 returning id"
)
_HISTORY = _Part(
    "insert into history (process_instance_id, version, at, actor, verb, element, events, command)"
    " select i.id, {version}, {at}, {by}, {verb}, {element}, {events}, {command} from i"
)
_INSERT = _Part(
    f"insert into process_instance ({_names((*_OF_INSTANCE, *_BEGUN))})"
    f" values ({_names((*_OF_INSTANCE, *_BEGUN), '{{{}}}')}) returning id",
    _BEGUN,
)


def _one(table: str, columns: Columns, more: str = "") -> _Part:
    values = _names(columns, "{{{}}}")
    return _Part(f"insert into {table} (process_instance_id, {_names(columns)}) select i.id, {values} from i{more}", columns)


def _several(table: str, columns: Columns, more: str = "") -> _Part:
    typed = ", ".join(f"{name} {type}" for name, type in columns)
    return _Part(
        f"insert into {table} (process_instance_id, {_names(columns)}) select i.id, {_names(columns, 'n.{}')}"
        f" from i, jsonb_to_recordset({{rows}}) as n({typed}){more}",
        _columns("rows jsonb"),
    )


def _close(change: str, source: str, table: str, column: str = "token", more: str = "") -> _Part:
    return _Part(
        f"{change} {source} i where {table}.process_instance_id = i.id and {table}.{column} = any({{numbers}}){more}",
        _columns("numbers int[]"),
    )


#: Kinds of rows that a step adds: their table, its columns, what else the INSERT says.
_ADDED: dict[str, tuple[str, Columns, str]] = {
    "user_tasks": (
        "user_task",
        _columns(
            "id uuid, definition_id uuid, token int, element text, name text, name_en text, form text, priority int,"
            "due_at timestamptz, created_at timestamptz, status text, assignee text, candidates jsonb, facts jsonb,"
            "summary jsonb, summary_text text"
        ),
        "",
    ),
    "candidates": ("user_task_candidate", _columns("user_task_id uuid, candidate text"), ""),
    "jobs": (
        "job",
        _columns(
            "id uuid, definition_id uuid, token int, element text, kind text, connector text, inputs jsonb,"
            "created_at timestamptz, status text, retries int, attempts int, due_at timestamptz"
        ),
        "",
    ),
    "timers": (
        "timer",
        _columns(
            "id uuid, definition_id uuid, element text, token int, subscription int, due_at timestamptz, since timestamptz,"
            "fired int"
        ),
        " on conflict (process_instance_id, subscription) do update"
        " set due_at = excluded.due_at, since = excluded.since, claimed_until = null, error = null",
    ),
    "subscriptions": (
        "subscription",
        _columns(
            "id uuid, definition_id uuid, element text, token int, subscription int, kind text, name text,"
            "correlation_key text, created_at timestamptz"
        ),
        "",
    ),
    "outbox": (
        "outbox",
        _columns("id uuid, kind text, body jsonb, created_at timestamptz, due_at timestamptz, attempts int"),
        "",
    ),
}
#: Kinds of rows that a step closes, by token or number of their subscription.
_CLOSED: dict[str, _Part] = {
    "cancelled_user_tasks": _close("update user_task set status = 'cancelled', completed_at = {at}", "from", "user_task"),
    "completed_jobs": _close("update job set status = 'completed', lease_until = null", "from", "job"),
    "cancelled_jobs": _close("update job set status = 'cancelled', lease_until = null", "from", "job"),
    "closed_timers": _close("delete from timer", "using", "timer", "subscription"),
    "closed_subscriptions": _close("delete from subscription", "using", "subscription", "subscription"),
    "settled_incidents": _close(
        "update incident set resolved_at = {at}, resolved_by = {by}",
        "from",
        "incident",
        more=" and incident.resolved_at is null",
    ),
}
_COLUMNS = {name: [column for column, _ in columns] for name, (_, columns, _) in _ADDED.items()}
_PARTS: dict[str, _Part] = {
    **{name: _one(*added) for name, added in _ADDED.items()},
    **{f"several {name}": _several(*added) for name, added in _ADDED.items()},
    **_CLOSED,
    "completed_user_task": _Part(
        "update user_task set status = 'completed', completed_at = {at}, completed_by = {by}, outcome = {task_outcome},"
        " comment = {comment}, draft = null, draft_comment = null from i where user_task.id = {task_id}",
        _columns("task_id uuid, task_outcome text, comment text"),
    ),
    "its_candidates": _Part(
        "delete from user_task_candidate using i where user_task_id = {candidates_of} and candidate = any({candidates})",
        _columns("candidates_of uuid, candidates text[]"),
    ),
    "cancelled_candidates": _Part(
        "delete from user_task_candidate c using i, user_task t, jsonb_array_elements_text(t.candidates) as key"
        " where t.process_instance_id = i.id and t.token = any({numbers}) and c.user_task_id = t.id and c.candidate = key",
        _columns("numbers int[]"),
    ),
    "adopted_attachments": _Part(
        "update attachment set process_instance_id = i.id from i where attachment.process_instance_id is null"
        " and attachment.added_by = {by} and attachment.id = any({ids})",
        _columns("ids uuid[]"),
    ),
}


def record_start(work: UnitOfWork, step: Step) -> None:
    instance = step.instance
    present, values = _rows(step.changes)
    begun = (getattr(instance, name) for name, _ in _BEGUN)
    work.write_alone(_statement(_INSERT, present), [*_of_step(step), *begun, *values])


def record(work: UnitOfWork, step: Step) -> bool:
    present, values = _rows(step.changes)
    return work.write_alone(_statement(_UPDATE, present), [*_of_step(step), *values]) is not None


@lru_cache(maxsize=512)
def _statement(change: _Part, present: tuple[str, ...]) -> Prepared:
    """`present` names the kinds of rows, in the order of their parameters."""
    types = [type for _, type in _STEP]
    names = {name: f"${number}::{type}" for number, (name, type) in enumerate(_STEP, 1)}
    texts = []
    for label, part in (("i", change), ("h", _HISTORY), *((f"s{number}", _PARTS[name]) for number, name in enumerate(present))):
        own = {name: f"${number}::{type}" for number, (name, type) in enumerate(part.own, len(types) + 1)}
        types += [type for _, type in part.own]
        texts.append(f"{label} as ({part.sql.format_map({**names, **own})})")
    return Prepared("with " + ",\n".join(texts) + "\nselect id from i", types)


def _of_step(step: Step) -> tuple[Any, ...]:
    """The values of _STEP."""
    instance, transition = step.instance, step.transition
    return (
        instance.id,
        instance.version,
        step.state,
        instance.status,
        instance.outcome,
        instance.title,
        instance.business_key,
        instance.ended_at,
        instance.steps_done,
        transition.at,
        transition.actor,
        transition.verb,
        transition.element,
        transition.events,
        transition.command,
    )


def _rows(changes: Changes) -> tuple[tuple[str, ...], list[Any]]:
    """The names of the parts that the rows need, and the values of their parameters in the same order."""
    names: list[str] = []
    values: list[Any] = []
    for name, more in _needed(changes):
        names.append(name)
        values += more
    return tuple(names), values


def _needed(changes: Changes) -> Iterator[tuple[str, Sequence[Any]]]:
    for name, columns in _COLUMNS.items():
        rows = getattr(changes, name)
        if len(rows) == 1:
            yield name, [*map(rows[0].get, columns)]
        elif rows:
            yield f"several {name}", [rows]
    for name in _CLOSED:
        numbers = getattr(changes, name)
        if numbers:
            yield name, [numbers]
    if changes.cancelled_user_tasks:
        yield "cancelled_candidates", [changes.cancelled_user_tasks]
    task = changes.completed_user_task
    if task is not None:
        yield "completed_user_task", (task.id, task.outcome, task.comment)
        if task.candidates:
            yield "its_candidates", (task.id, task.candidates)
    if changes.adopted_attachments:
        yield "adopted_attachments", [changes.adopted_attachments]
