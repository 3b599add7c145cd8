"""The rows of one process instance that say what is open in it, and their repair when they say something else than its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select, true, update

from engine.facts.json_text import json_text, read_json
from engine.facts.user_task_facts import UserTaskFacts
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

    One that is not open any more gets the status `cancelled`, where it has one, or is deleted. `following` are the columns that
    follow from the state or the log for as long as it is open.
    """

    table: Table
    row: type[Any]
    number: str
    is_open: ColumnElement[bool]
    following: tuple[str, ...]

    def numbers(self, rows: Iterable[Any]) -> frozenset[int]:
        return frozenset(getattr(row, self.number) for row in rows)

    def found(self, work: UnitOfWork, id: UUID) -> Mapping[int, Any]:
        """The open rows of a process instance, with the columns that follow, by number."""
        columns = (self.table.c[name] for name in {self.number: 0, **dict.fromkeys(self.following)})
        rows = work.rows(select(*columns).where(self.table.c.process_instance_id == id, self.is_open))
        return {getattr(row, self.number): row for row in rows}

    def is_same(self, wanted: Any, found: Any) -> bool:
        """Whether a row says in the columns that follow what it should."""
        return all(_plain(getattr(wanted, name)) == _plain(getattr(found, name)) for name in self.following)

    def correct(self, work: UnitOfWork, id: UUID, rows: Iterable[Any]) -> None:
        """Writes the columns that follow anew."""
        columns = self.table.c
        for row in rows:
            place = (columns.process_instance_id == id, columns[self.number] == getattr(row, self.number))
            work.write(update(self.table).where(*place).values({name: getattr(row, name) for name in self.following}))

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
    "user_tasks": Kind(
        user_task,
        NewUserTask,
        "token",
        user_task.c.status == "open",
        (
            *("definition_id", "element", "name", "name_en", "form", "priority", "due_at", "created_at"),
            *("assignee", "candidates", "facts", "summary", "summary_text"),
        ),
    ),
    "jobs": Kind(
        job,
        NewJob,
        "token",
        job.c.status.in_(("open", "failed")),
        ("definition_id", "element", "kind", "connector", "inputs"),
    ),
    "timers": Kind(timer, NewTimer, "subscription", true(), ("definition_id", "element", "token", "due_at")),
    "subscriptions": Kind(
        subscription,
        NewSubscription,
        "subscription",
        true(),
        ("definition_id", "element", "token", "kind", "name", "correlation_key", "correlation_digest"),
    ),
}

#: By the name of their kind: open rows of a process instance, by their numbers in it.
OpenRows = Mapping[str, Mapping[int, Any]]


@dataclass(frozen=True, slots=True)
class Repair:
    """`missing` rows are to be written, by the name of their kind; `wrong` ones say something else than they should; `extra`
    ones are to be closed. `candidates` counts what is too much or too little of the index of everybody's inbox."""

    missing: Mapping[str, Sequence[Any]]
    wrong: Mapping[str, Sequence[Any]]
    extra: Mapping[str, frozenset[int]]
    candidates: int

    @property
    def count(self) -> int:
        return self.candidates + sum(len(rows) for kind in (self.missing, self.wrong, self.extra) for rows in kind.values())


_INDEX = select(user_task_candidate.c.candidate, user_task_candidate.c.user_task_id).where(
    user_task_candidate.c.process_instance_id == bindparam("id")
)
_CANDIDATES = delete(user_task_candidate).where(user_task_candidate.c.process_instance_id == bindparam("row_instance"))
_UNCLAIMED = select(user_task.c.id, user_task.c.candidates).where(
    user_task.c.process_instance_id == bindparam("id"), KINDS["user_tasks"].is_open, user_task.c.assignee.is_(None)
)


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> OpenRows:
    return {name: kind.found(work, process_instance_id) for name, kind in KINDS.items()}


def difference(wanted: Changes, found: OpenRows, *, candidates: int = 0) -> Repair:
    """What has to change so that the rows found become the wanted ones."""
    missing, wrong, extra = {}, {}, {}
    for name, kind in KINDS.items():
        rows, there = {getattr(row, kind.number): row for row in getattr(wanted, name)}, found[name]
        missing[name] = [row for number, row in rows.items() if number not in there]
        wrong[name] = [row for number, row in rows.items() if number in there and not kind.is_same(row, there[number])]
        extra[name] = frozenset(there.keys() - rows.keys())
    return Repair(missing, wrong, extra, candidates)


def wrong_candidates(work: UnitOfWork, process_instance_id: UUID) -> int:
    """How many rows of the index are missing or too many, by the open tasks that nobody has."""
    found = {(row.candidate, row.user_task_id) for row in work.rows(_INDEX, {"id": process_instance_id})}
    return len(found ^ {(row["candidate"], row["user_task_id"]) for row in _candidates(work, process_instance_id)})


def repair(work: UnitOfWork, process_instance_id: UUID, repair: Repair) -> None:
    """Rows that are right stay as they are, with their claims, drafts and dates."""
    for name, kind in KINDS.items():
        kind.close(work, process_instance_id, repair.extra[name])
        kind.replace(work, process_instance_id, repair.missing[name])
        kind.correct(work, process_instance_id, repair.wrong[name])
    restore_candidates(work, process_instance_id)


def restore_candidates(work: UnitOfWork, process_instance_id: UUID) -> None:
    """The index of everybody's inbox, out of the open tasks that nobody has."""
    work.write(_CANDIDATES, {"row_instance": process_instance_id})
    rows = _candidates(work, process_instance_id)
    if rows:
        work.write(insert(user_task_candidate), rows)


def _candidates(work: UnitOfWork, process_instance_id: UUID) -> list[dict[str, Any]]:
    return [
        {"candidate": key, "user_task_id": id, "process_instance_id": process_instance_id}
        for id, candidates in work.rows(_UNCLAIMED, {"id": process_instance_id})
        for key in candidates
    ]


def _plain(value: Any) -> Any:
    """As it is read back from JSON; of the facts of a user task without why it was for whom."""
    if isinstance(value, UserTaskFacts):
        return value.because(())
    return read_json(json_text(value)) if isinstance(value, list | tuple | dict) else value
