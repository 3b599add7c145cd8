"""Open user tasks by who holds them: their assignee, or the candidates of those that nobody has.

Which names there are is found by one look into an index for each name, however many tasks it has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, TextClause, bindparam, func, select, text

from engine.store.columns import written
from engine.store.process_instances import process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import user_task, user_task_candidate

#: Rows read at a time, and names asked for at a time.
PAGE, NAMES = 500, 200


@dataclass(frozen=True, slots=True)
class HeldTask:
    """An open user task: whose it is and where it stands. `key` is that of its process instance."""

    id: UUID
    process_instance_id: UUID
    element: str
    name: str
    name_en: str
    assignee: str | None
    candidates: Sequence[str]
    key: str


def _names(column: str, table: str, condition: str) -> TextClause:
    """The values of an indexed column, each once."""
    least = f"SELECT min({column}) FROM {table} WHERE {condition}"
    return text(
        f"WITH RECURSIVE held(name) AS (SELECT ({least})"
        f" UNION ALL SELECT ({least} AND {column} > held.name) FROM held WHERE held.name IS NOT NULL)"
        " SELECT name FROM held WHERE name IS NOT NULL"
    )


_ASSIGNEES = _names("assignee", "user_task", "status = 'open' AND assignee IS NOT NULL")
_CANDIDATES = _names("candidate", "user_task_candidate", "candidate IS NOT NULL")
_HELD: Select[Any] = (
    select(*(user_task.c[name] for name in HeldTask.__slots__ if name != "key"), process_instance.c.key)
    .join(process_instance, process_instance.c.id == user_task.c.process_instance_id)
    .where(user_task.c.status == written("open"), user_task.c.id > bindparam("after", type_=user_task.c.id.type))
    .order_by(user_task.c.id)
    .limit(bindparam("most"))
)
_BY_ASSIGNEE = _HELD.where(user_task.c.assignee.in_(bindparam("names", expanding=True)))
_BY_CANDIDATE = _HELD.where(
    user_task.c.assignee.is_(None),
    user_task.c.id.in_(
        select(user_task_candidate.c.user_task_id).where(user_task_candidate.c.candidate.in_(bindparam("names", expanding=True)))
    ),
)
_COUNTS = (
    select(user_task.c.assignee, func.count())
    .where(user_task.c.status == written("open"), user_task.c.assignee.in_(bindparam("names", expanding=True)))
    .group_by(user_task.c.assignee)
)
_FIRST = UUID(int=0)


def assignees(work: UnitOfWork) -> tuple[str, ...]:
    """Whoever has an open task."""
    return tuple(row.name for row in work.rows(_ASSIGNEES))


def candidates(work: UnitOfWork) -> tuple[str, ...]:
    """The candidate keys of the tasks that nobody has."""
    return tuple(row.name for row in work.rows(_CANDIDATES))


def counts(work: UnitOfWork, people: Collection[str]) -> Mapping[str, int]:
    """How many each of them has, without those who have none."""
    return {row[0]: row[1] for some in _some(people) for row in work.rows(_COUNTS, {"names": some})}


def of_assignees(work: UnitOfWork, names: Collection[str]) -> Iterator[HeldTask]:
    """What these people have."""
    return _pages(work, _BY_ASSIGNEE, names)


def of_candidates(work: UnitOfWork, names: Collection[str]) -> Iterator[HeldTask]:
    """What one of these keys may claim; a task with several of them may come several times."""
    return _pages(work, _BY_CANDIDATE, names)


def _pages(work: UnitOfWork, statement: Select[Any], names: Collection[str]) -> Iterator[HeldTask]:
    for some in _some(names):
        after: UUID | None = _FIRST
        while after is not None:
            rows = [HeldTask(*row) for row in work.rows(statement, {"names": some, "after": after, "most": PAGE})]
            yield from rows
            after = rows[-1].id if len(rows) == PAGE else None


def _some(names: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(names)
    return (ordered[at : at + NAMES] for at in range(0, len(ordered), NAMES))
