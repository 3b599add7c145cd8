"""The rows of one process instance that say what is open in it, and their repair when they say something else than its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, insert, select, update

from engine.store.changes import Changes
from engine.store.jobs import job
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

_JOB_OPEN = job.c.status.in_(("open", "failed"))
_TASK_OPEN = user_task.c.status == "open"


@dataclass(frozen=True, slots=True)
class OpenRows:
    """User tasks and jobs by token, timers and subscriptions by their number in the process instance."""

    user_tasks: frozenset[int]
    jobs: frozenset[int]
    timers: frozenset[int]
    subscriptions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Repair:
    """`missing` rows are to be written, `extra` ones to be closed."""

    missing: Changes
    extra: OpenRows

    @property
    def count(self) -> int:
        missing, extra = self.missing, self.extra
        new = (missing.user_tasks, missing.jobs, missing.timers, missing.subscriptions)
        old = (extra.user_tasks, extra.jobs, extra.timers, extra.subscriptions)
        return sum(map(len, new)) + sum(map(len, old))


def _numbers(table: Table, column: str) -> Any:
    return select(table.c[column]).where(table.c.process_instance_id == bindparam("id"))


_USER_TASKS = _numbers(user_task, "token").where(_TASK_OPEN)
_JOBS = _numbers(job, "token").where(_JOB_OPEN)
_TIMERS = _numbers(timer, "subscription")
_SUBSCRIPTIONS = _numbers(subscription, "subscription")
_CANDIDATES = delete(user_task_candidate).where(user_task_candidate.c.process_instance_id == bindparam("row_instance"))
_UNCLAIMED = select(user_task.c.id, user_task.c.candidates).where(
    user_task.c.process_instance_id == bindparam("id"), _TASK_OPEN, user_task.c.assignee.is_(None)
)


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> OpenRows:
    def numbers(statement: Any) -> frozenset[int]:
        return frozenset(row[0] for row in work.rows(statement, {"id": process_instance_id}))

    return OpenRows(numbers(_USER_TASKS), numbers(_JOBS), numbers(_TIMERS), numbers(_SUBSCRIPTIONS))


def difference(wanted: Changes, found: OpenRows) -> Repair:
    """What has to change so that the rows found become the wanted ones."""
    missing = Changes(
        user_tasks=_without(wanted.user_tasks, "token", found.user_tasks),
        jobs=_without(wanted.jobs, "token", found.jobs),
        timers=_without(wanted.timers, "subscription", found.timers),
        subscriptions=_without(wanted.subscriptions, "subscription", found.subscriptions),
    )
    extra = OpenRows(
        found.user_tasks - _those(wanted.user_tasks, "token"),
        found.jobs - _those(wanted.jobs, "token"),
        found.timers - _those(wanted.timers, "subscription"),
        found.subscriptions - _those(wanted.subscriptions, "subscription"),
    )
    return Repair(missing, extra)


def repair(work: UnitOfWork, process_instance_id: UUID, repair: Repair) -> None:
    """Rows that are right stay as they are, with their claims, drafts and dates."""
    extra, missing = repair.extra, repair.missing
    at = {"completed_at": work.now}
    _change(work, update(user_task).values(status="cancelled", **at), user_task, "token", process_instance_id, extra.user_tasks)
    _change(work, update(job).values(status="cancelled"), job, "token", process_instance_id, extra.jobs)
    _change(work, delete(timer), timer, "subscription", process_instance_id, extra.timers)
    _change(work, delete(subscription), subscription, "subscription", process_instance_id, extra.subscriptions)
    for table, column, rows in (
        (user_task, "token", missing.user_tasks),
        (job, "token", missing.jobs),
        (timer, "subscription", missing.timers),
        (subscription, "subscription", missing.subscriptions),
    ):
        _replace(work, table, column, process_instance_id, rows)
    restore_candidates(work, process_instance_id)


def restore_candidates(work: UnitOfWork, process_instance_id: UUID) -> None:
    """The index of everybody's inbox, out of the open tasks that nobody has."""
    work.write(_CANDIDATES, {"row_instance": process_instance_id})
    rows = [
        {"candidate": key, "user_task_id": id, "process_instance_id": process_instance_id}
        for id, candidates in work.rows(_UNCLAIMED, {"id": process_instance_id})
        for key in candidates
    ]
    if rows:
        work.write(insert(user_task_candidate), rows)


def _replace(work: UnitOfWork, table: Table, column: str, id: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """A row that was closed by mistake gives way to the open one."""
    if rows:
        _change(work, delete(table), table, column, id, (row[column] for row in rows))
        work.write(insert(table), [{**row, "process_instance_id": id} for row in rows])


def _change(work: UnitOfWork, statement: Any, table: Table, column: str, id: UUID, numbers: Iterable[int]) -> None:
    chosen = sorted(numbers)
    if chosen:
        work.write(statement.where(table.c.process_instance_id == id, table.c[column].in_(chosen)))


def _without(rows: list[dict[str, Any]], column: str, numbers: frozenset[int]) -> list[dict[str, Any]]:
    return [row for row in rows if row[column] not in numbers]


def _those(rows: Sequence[Mapping[str, Any]], column: str) -> frozenset[int]:
    return frozenset(row[column] for row in rows)
