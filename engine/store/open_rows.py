"""The rows of one process instance that say what is open in it, and their repair when they say something else than its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select, true, update

from engine.store.changes import Changes
from engine.store.columns import columns_of
from engine.store.jobs import NewJob, job
from engine.store.subscriptions import NewSubscription, subscription
from engine.store.timers import NewTimer, timer
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import NewUserTask, user_task, user_task_candidate


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one kind: a step writes one as `row`, and `number` is its column with the number in the process instance.

    One that is not open any more gets the status `cancelled`, where it has one, or is deleted.
    """

    table: Table
    row: type[Any]
    number: str
    is_open: ColumnElement[bool]

    def numbers(self, rows: Iterable[Any]) -> frozenset[int]:
        return frozenset(getattr(row, self.number) for row in rows)

    def found(self, work: UnitOfWork, id: UUID) -> frozenset[int]:
        """The numbers of the open rows of a process instance."""
        column = self.table.c[self.number]
        rows = work.rows(select(column).where(self.table.c.process_instance_id == id, self.is_open))
        return frozenset(number for (number,) in rows)

    def close(self, work: UnitOfWork, id: UUID, numbers: Iterable[int]) -> None:
        columns = self.table.c
        if "status" not in columns:
            self._delete(work, id, numbers)
            return
        at = {"completed_at": work.now} if "completed_at" in columns else {}
        self._change(work, update(self.table).values(status="cancelled", **at), id, numbers)

    def replace(self, work: UnitOfWork, id: UUID, rows: Sequence[Any]) -> None:
        """A row that was closed by mistake gives way to the open one."""
        if not rows:
            return
        self._delete(work, id, self.numbers(rows))
        names = [column.name for column in columns_of(self.table, self.row)]
        values = [{"process_instance_id": id, **{name: getattr(row, name) for name in names}} for row in rows]
        work.write(insert(self.table), values)

    def _delete(self, work: UnitOfWork, id: UUID, numbers: Iterable[int]) -> None:
        self._change(work, delete(self.table), id, numbers)

    def _change(self, work: UnitOfWork, statement: Any, id: UUID, numbers: Iterable[int]) -> None:
        columns, chosen = self.table.c, sorted(numbers)
        if chosen:
            work.write(statement.where(columns.process_instance_id == id, columns[self.number].in_(chosen)))


#: By the name of their list in Changes.
KINDS: Mapping[str, Kind] = {
    "user_tasks": Kind(user_task, NewUserTask, "token", user_task.c.status == "open"),
    "jobs": Kind(job, NewJob, "token", job.c.status.in_(("open", "failed"))),
    "timers": Kind(timer, NewTimer, "subscription", true()),
    "subscriptions": Kind(subscription, NewSubscription, "subscription", true()),
}

#: By the name of their kind: numbers of open rows in their process instance.
OpenRows = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Repair:
    """`missing` rows are to be written, by the name of their kind; `extra` ones to be closed."""

    missing: Mapping[str, Sequence[Any]]
    extra: OpenRows

    @property
    def count(self) -> int:
        return sum(map(len, self.missing.values())) + sum(map(len, self.extra.values()))


_CANDIDATES = delete(user_task_candidate).where(user_task_candidate.c.process_instance_id == bindparam("row_instance"))
_UNCLAIMED = select(user_task.c.id, user_task.c.candidates).where(
    user_task.c.process_instance_id == bindparam("id"), KINDS["user_tasks"].is_open, user_task.c.assignee.is_(None)
)


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> OpenRows:
    return {name: kind.found(work, process_instance_id) for name, kind in KINDS.items()}


def difference(wanted: Changes, found: OpenRows) -> Repair:
    """What has to change so that the rows found become the wanted ones."""
    missing, extra = {}, {}
    for name, kind in KINDS.items():
        rows = getattr(wanted, name)
        missing[name] = [row for row in rows if getattr(row, kind.number) not in found[name]]
        extra[name] = found[name] - kind.numbers(rows)
    return Repair(missing, extra)


def repair(work: UnitOfWork, process_instance_id: UUID, repair: Repair) -> None:
    """Rows that are right stay as they are, with their claims, drafts and dates."""
    for name, kind in KINDS.items():
        kind.close(work, process_instance_id, repair.extra[name])
        kind.replace(work, process_instance_id, repair.missing[name])
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
