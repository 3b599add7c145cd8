"""What a step writes, said once for both databases: which rows it adds, by table and dataclass, and which it changes, by SQL.

In the SQL, `{name}` is a parameter; `{instance}` is the id of the process instance, and nothing when the step came too late; a
parameter that is a list stands with its comparison: `token {numbers}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from engine.store.chain import following, seal
from engine.store.changes import Changes, Step
from engine.store.columns import Shaped, columns_of, kind
from engine.store.history import Transition, history
from engine.store.jobs import NewJob, job
from engine.store.kept_json import kept_json
from engine.store.outbox import NewOutboxRow, outbox
from engine.store.process_instances import BEGINNING, CHANGING, process_instance, sealed
from engine.store.subscriptions import NewSubscription, subscription
from engine.store.timers import NewTimer, timer
from engine.store.user_tasks import NewCandidate, NewUserTask, user_task, user_task_candidate

#: Names of parameters with the types of their values, as PostgreSQL calls them.
Types = Mapping[str, str]


class Added:
    """Rows of one kind that a step adds: the fields of the dataclass `row`, each a column of the table."""

    def __init__(self, table: Table, row: type[Any], *, on_conflict: str = "") -> None:
        columns = [column for column in columns_of(table, row) if column.name != "process_instance_id"]
        self.table = table.name
        self.row = row
        self.on_conflict = on_conflict
        self.types = {column.name: kind(column.type) for column in columns}
        #: The values of a row, in the order of `types`.
        self.values = attrgetter(*(f"{each.name}.json" if isinstance(each.type, Shaped) else each.name for each in columns))

    def as_json(self, row: Any) -> dict[str, Any]:
        return dict(zip(self.types, self.values(row), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """Rows that a step changes or deletes. `types` are of the parameters that it alone has; they go before those of the step."""

    sql: str
    types: Types


def _types(table: Table, names: Iterable[str]) -> dict[str, str]:
    return {name: kind(table.c[name].type) for name in names}


def _closed(sql: str, number: str = "token") -> Changed:
    """Rows of the process instance, by their numbers in it."""
    return Changed(f"{sql} where process_instance_id = {{instance}} and {number} {{numbers}}", {"numbers": "int[]"})


#: By the name of their list in Changes.
ADDED: Mapping[str, Added] = {
    "user_tasks": Added(user_task, NewUserTask),
    "candidates": Added(user_task_candidate, NewCandidate),
    "jobs": Added(job, NewJob),
    "timers": Added(
        timer,
        NewTimer,
        on_conflict=" on conflict (process_instance_id, subscription)"
        " do update set due_at = excluded.due_at, since = excluded.since, claimed_until = null, attempts = 0,"
        " error = null",
    ),
    "subscriptions": Added(subscription, NewSubscription),
    "outbox": Added(outbox, NewOutboxRow),
}
_SETTLED = "update incident set resolved_at = {at}, resolved_by = {actor} where process_instance_id = {instance}"
#: By the name of the list in Changes that says which.
_CLOSED: Mapping[str, Changed] = {
    "cancelled_user_tasks": _closed("update user_task set status = 'cancelled', completed_at = {at}"),
    "completed_jobs": _closed("update job set status = 'completed', lease_until = null"),
    "cancelled_jobs": _closed("update job set status = 'cancelled', lease_until = null"),
    "closed_timers": _closed("delete from timer", "subscription"),
    "closed_subscriptions": _closed("delete from subscription", "subscription"),
    "settled_incidents": Changed(f"{_SETTLED} and token {{numbers}} and resolved_at is null", {"numbers": "int[]"}),
    "adopted_attachments": Changed(
        "update attachment set process_instance_id = {instance}"
        " where id {ids} and process_instance_id is null and added_by = {actor} and {instance} is not null",
        {"ids": "uuid[]"},
    ),
}
_CANDIDATE = "delete from user_task_candidate where user_task_id = {id} and process_instance_id = {instance} and candidate "
CHANGED: Mapping[str, Changed] = {
    **_CLOSED,
    "cancelled_candidates": Changed(
        "delete from user_task_candidate where {row_among} (select (select one.{row} from user_task_candidate one"
        " where one.candidate = key.value and one.user_task_id = task.id)"
        " from user_task task, {elements}(task.candidates) as key"
        " where task.process_instance_id = {instance} and task.token {numbers}))",
        {"numbers": "int[]"},
    ),
    "settles_all_incidents": Changed(f"{_SETTLED} and resolved_at is null", {}),
    "completed_user_task": Changed(
        "update user_task set status = 'completed', completed_at = {at}, completed_by = {actor}, outcome = {outcome},"
        " comment = {comment}, draft = null, draft_comment = null where id = {id} and process_instance_id = {instance}",
        _types(user_task, ("id", "outcome", "comment")),
    ),
    "its_candidate": Changed(_CANDIDATE + "= {candidate}", {"id": "uuid", "candidate": "text"}),
    "its_candidates": Changed(_CANDIDATE + "{candidates}", {"id": "uuid", "candidates": "text[]"}),
}

HISTORY = Added(history, Transition)
#: What every step has: its process instance as it is afterwards, and its row of the history.
_OF_ROW = ("state", "chain", "seal", *CHANGING)
STEP: Types = {**_types(process_instance, ("id", *_OF_ROW)), **HISTORY.types}
BEGUN: Types = _types(process_instance, BEGINNING)
UPDATE = Changed(
    f"update process_instance set {', '.join(f'{name} = {{{name}}}' for name in _OF_ROW)}"
    " where id = {id} and version = {version} - 1",
    {},
)
INSERT = Changed(
    f"insert into process_instance ({', '.join(('id', *_OF_ROW, *BEGUN))})"
    f" values ({', '.join(f'{{{name}}}' for name in ('id', *_OF_ROW, *BEGUN))})",
    BEGUN,
)
_of_instance = attrgetter(*CHANGING)
_of_beginning = attrgetter(*BEGINNING)
_of_transition = attrgetter(*(name for name in HISTORY.types if name not in {*CHANGING, "events", "command"}))


def of_step(step: Step) -> tuple[Any, ...]:
    """The values of STEP. The JSON of the log is text already: what the chain is made over is what is kept."""
    instance, log = step.instance, step.transition
    row = _of_transition(log)
    events, command = kept_json(log.events), None if log.command is None else kept_json(log.command)
    chain = following(step.chain, log, events, command)
    mark = seal(chain, sealed(instance), step.state)
    return (instance.id, step.state, chain, mark, *_of_instance(instance), *row, events, command)


def of_beginning(step: Step) -> tuple[Any, ...]:
    """The values of BEGUN."""
    return _of_beginning(step.instance)


def changed(changes: Changes) -> Iterator[tuple[str, Sequence[Any]]]:
    """Names of CHANGED, with the values of their own parameters."""
    for name in _CLOSED:
        numbers = getattr(changes, name)
        if numbers and not (name == "settled_incidents" and changes.settles_all_incidents):
            yield name, (numbers,)
    if changes.settles_all_incidents:
        yield "settles_all_incidents", ()
    if changes.cancelled_user_tasks:
        yield "cancelled_candidates", (changes.cancelled_user_tasks,)
    task = changes.completed_user_task
    if task is not None:
        yield "completed_user_task", (task.id, task.outcome, task.comment)
        if len(task.candidates) == 1:
            yield "its_candidate", (task.id, task.candidates[0])
        elif task.candidates:
            yield "its_candidates", (task.id, task.candidates)
