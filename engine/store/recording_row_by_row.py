"""A step as plain statements, one for each kind of row that is present. For SQLite, where a round trip costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql.dml import Delete

from engine.store import history, user_tasks
from engine.store.attachments import attachment
from engine.store.changes import Changes, CompletedTask, Rows, Step
from engine.store.incidents import incident
from engine.store.jobs import job
from engine.store.outbox import outbox
from engine.store.process_instances import OWN_COLUMNS, process_instance
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

_INSERT_INSTANCE = insert(process_instance)
_SET = ("status", "outcome", "title", "business_key", "ended_at", "steps_done", "version")
_UPDATE_INSTANCE = (
    update(process_instance)
    .where(process_instance.c.id == bindparam("row_id"), process_instance.c.version == bindparam("row_version"))
    .values(state=bindparam("new_state"), **{name: bindparam(f"new_{name}") for name in _SET})
)
_INSERTS: dict[str, Any] = {
    "user_tasks": insert(user_task),
    "candidates": insert(user_task_candidate),
    "jobs": insert(job),
    "subscriptions": insert(subscription),
    "outbox": insert(outbox),
}
_new_timer = upsert(timer)
_UPSERT_TIMER = _new_timer.on_conflict_do_update(
    index_elements=["process_instance_id", "subscription"],
    set_={"due_at": _new_timer.excluded.due_at, "since": _new_timer.excluded.since, "claimed_until": None, "error": None},
)
_COMPLETE_TASK = (
    update(user_task)
    .where(user_task.c.id == bindparam("row_id"))
    .values(
        status="completed",
        completed_at=bindparam("at"),
        completed_by=bindparam("by"),
        outcome=bindparam("new_outcome"),
        comment=bindparam("new_comment"),
        draft=None,
        draft_comment=None,
    )
)


def _of_tokens(statement: Any, table: Table, column: str = "token") -> Any:
    return statement.where(
        table.c.process_instance_id == bindparam("row_instance"), table.c[column].in_(bindparam("numbers", expanding=True))
    )


_CANCEL_TASKS: Update = _of_tokens(update(user_task), user_task).values(status="cancelled", completed_at=bindparam("at"))
_OF_TOKENS = _of_tokens(select(user_task.c.id, user_task.c.candidates), user_task)
_CLOSE_JOBS: Update = _of_tokens(update(job), job).values(status=bindparam("new_status"), lease_until=None)
_CLOSE_TIMERS: Delete = _of_tokens(delete(timer), timer, "subscription")
_CLOSE_SUBSCRIPTIONS: Delete = _of_tokens(delete(subscription), subscription, "subscription")
_ADOPT = (
    update(attachment)
    .where(
        attachment.c.id.in_(bindparam("ids", expanding=True)),
        attachment.c.process_instance_id.is_(None),
        attachment.c.added_by == bindparam("by"),
    )
    .values(process_instance_id=bindparam("row_instance"))
)
_SETTLE: Update = (
    _of_tokens(update(incident), incident)
    .where(incident.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("at"), resolved_by=bindparam("by"))
)


def record_start(work: UnitOfWork, step: Step) -> None:
    values = {column.name: getattr(step.instance, column.name) for column in OWN_COLUMNS}
    work.write(_INSERT_INSTANCE, {**values, "state": step.state})
    _write_rows(work, step)


def record(work: UnitOfWork, step: Step) -> bool:
    values = {f"new_{name}": getattr(step.instance, name) for name in _SET}
    keys = {"row_id": step.instance.id, "row_version": step.read_version, "new_state": step.state}
    if work.write(_UPDATE_INSTANCE, {**keys, **values}) == 0:
        return False
    _close_rows(work, step)
    _write_rows(work, step)
    return True


def _write_rows(work: UnitOfWork, step: Step) -> None:
    changes, id = step.changes, step.instance.id
    for name, statement in _INSERTS.items():
        _insert(work, statement, getattr(changes, name), id)
    _insert(work, _UPSERT_TIMER, changes.timers, id)
    if changes.adopted_attachments:
        work.write(_ADOPT, {"ids": changes.adopted_attachments, "by": work.actor.id, "row_instance": id})
    history.add(work, step.transition)


def _insert(work: UnitOfWork, statement: Any, rows: Rows, process_instance_id: UUID) -> None:
    if rows:
        work.write(statement, [{**row, "process_instance_id": process_instance_id} for row in rows])


def _close_rows(work: UnitOfWork, step: Step) -> None:
    changes, at, by = step.changes, step.transition.at, step.transition.actor
    if changes.completed_user_task is not None:
        _complete(work, changes.completed_user_task, {"at": at, "by": by})
    _close_user_tasks(work, step, changes)
    close = _closing(work, step.instance.id)
    close(_CLOSE_JOBS, changes.completed_jobs, new_status="completed")
    close(_CLOSE_JOBS, changes.cancelled_jobs, new_status="cancelled")
    close(_CLOSE_TIMERS, changes.closed_timers)
    close(_CLOSE_SUBSCRIPTIONS, changes.closed_subscriptions)
    close(_SETTLE, changes.settled_incidents, at=at, by=by)


def _closing(work: UnitOfWork, process_instance_id: UUID) -> Any:
    def close(statement: Update | Delete, numbers: Sequence[int], **values: Any) -> None:
        if numbers:
            work.write(statement, {"row_instance": process_instance_id, "numbers": list(numbers), **values})

    return close


def _close_user_tasks(work: UnitOfWork, step: Step, changes: Changes) -> None:
    close = _closing(work, step.instance.id)
    if changes.cancelled_user_tasks:
        numbers = {"row_instance": step.instance.id, "numbers": changes.cancelled_user_tasks}
        for id, candidates in work.rows(_OF_TOKENS, numbers):
            user_tasks.delete_candidates(work, id, candidates)
    close(_CANCEL_TASKS, changes.cancelled_user_tasks, at=step.transition.at)


def _complete(work: UnitOfWork, task: CompletedTask, moment: dict[str, Any]) -> None:
    values = {"row_id": task.id, "new_outcome": task.outcome, "new_comment": task.comment}
    work.write(_COMPLETE_TASK, {**values, **moment})
    user_tasks.delete_candidates(work, task.id, task.candidates)
