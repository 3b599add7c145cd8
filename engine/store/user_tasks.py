"""Tables user_task and user_task_candidate: the work of people.

A user task keeps its row when it is done. Its candidate rows exist only while it is open and nobody has it: they are the
index of everybody's inbox. Ids grow with time, so the order of ids is the order of creation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from engine.facts.user_task_facts import UserTaskFacts
from engine.facts.widths import CANDIDATE, NAME, PERSON
from engine.store.columns import Id, Json, Moment, Shaped, columns_of, metadata, partial_index, written
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.with_instance import WithInstance

Status = Literal["open", "completed", "cancelled"]
#: Of a task whose model says nothing else. An index by priority has only the others.
USUAL_PRIORITY = 50

#: Taken away from who had them: cancelled, or completed by somebody who operates.
_CLOSED_BY_OTHERS = "status <> 'open' and assignee is not null and (completed_by is null or completed_by <> assignee)"

user_task = Table(
    "user_task",
    metadata,
    Column("id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=False),
    Column("definition_id", Id, nullable=False),
    Column("token", Integer, nullable=False),
    Column("element", String(NAME), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("form", String(NAME), nullable=True),
    Column("priority", Integer, nullable=False),
    Column("due_at", Moment, nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("status", String(10), nullable=False),
    Column("assignee", String(PERSON), nullable=True),
    Column("candidates", Json, nullable=False),
    Column("completed_at", Moment, nullable=True),
    Column("completed_by", String(PERSON), nullable=True),
    Column("outcome", String(NAME), nullable=True),
    Column("comment", Text, nullable=True),
    Column("facts", Shaped(UserTaskFacts), nullable=False),
    Column("draft", Json, nullable=True),
    Column("draft_comment", Text, nullable=True),
    Column("summary", Json, nullable=False, server_default="[]"),
    Column("summary_text", Text, nullable=False, server_default=""),
    Index("user_task_of_instance", "process_instance_id", "token", unique=True),
    partial_index("user_task_of_assignee", "assignee", "id", where="status = 'open' and assignee is not null"),
    partial_index("user_task_done_by", "completed_by", "completed_at", "id", "process_instance_id", where="status = 'completed'"),
    partial_index("user_task_open", "id", where="status = 'open'"),
    partial_index("user_task_open_at", "element", "process_instance_id", where="status = 'open'"),
    partial_index("user_task_due", "due_at", "id", where="status = 'open' and due_at is not null"),
    partial_index("user_task_priority", "priority", "id", where=f"status = 'open' and priority <> {USUAL_PRIORITY}"),
    partial_index("user_task_cancelled", "id", where="status = 'cancelled'"),
    partial_index("user_task_closed_by_others", "assignee", "id", "process_instance_id", where=_CLOSED_BY_OTHERS),
    postgresql_with={"fillfactor": 85},
)

user_task_candidate = Table(
    "user_task_candidate",
    metadata,
    Column("candidate", String(CANDIDATE), primary_key=True),
    Column("user_task_id", Id, primary_key=True),
    Column("process_instance_id", Id, nullable=False),
)

#: Of these rows there are few.
CLOSED_BY_OTHERS = and_(
    user_task.c.status != written("open"),
    user_task.c.assignee.is_not(None),
    or_(user_task.c.completed_by.is_(None), user_task.c.completed_by != user_task.c.assignee),
)


@dataclass(frozen=True, slots=True)
class UserTask:
    """Somebody's work. `candidates` are the candidate keys it was created for; `facts` what its page shows.

    `summary` is what lists show beside the title, as it was at creation: [{name, name_en, unit, unit_en, value}];
    `summary_text` is what a search finds of it.
    `draft` and `draft_comment` are what somebody has filled in so far.
    """

    id: UUID
    process_instance_id: UUID
    definition_id: UUID
    token: int
    element: str
    name: str
    name_en: str
    form: str | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    status: Status
    assignee: str | None
    candidates: Sequence[str]
    completed_at: datetime | None
    completed_by: str | None
    outcome: str | None
    comment: str | None
    facts: UserTaskFacts
    draft: Mapping[str, Any] | None
    draft_comment: str | None
    summary: Sequence[Mapping[str, Any]]
    summary_text: str

    @property
    def is_open(self) -> bool:
        return self.status == "open"


@dataclass(frozen=True, slots=True)
class NewUserTask:
    """As a step writes it: open."""

    id: UUID
    definition_id: UUID
    token: int
    element: str
    name: str
    name_en: str
    form: str | None
    priority: int
    due_at: datetime | None
    created_at: datetime
    assignee: str | None
    candidates: Sequence[str]
    facts: UserTaskFacts
    summary: Sequence[Mapping[str, Any]]
    summary_text: str
    status: Status = "open"


@dataclass(frozen=True, slots=True)
class NewCandidate:
    """One of those who may claim a user task."""

    candidate: str
    user_task_id: UUID


_COLUMNS = columns_of(user_task, UserTask)

_WITH_INSTANCE = WithInstance(user_task, UserTask)
_BY_ID = select(*_COLUMNS).where(user_task.c.id == bindparam("id"))
_OF_INSTANCE = select(*_COLUMNS).where(user_task.c.process_instance_id == bindparam("id")).order_by(user_task.c.id)
_COMPLETED_BY = (
    select(user_task.c.element, user_task.c.completed_by)
    .where(user_task.c.process_instance_id == bindparam("id"), user_task.c.status == "completed")
    .order_by(user_task.c.completed_at, user_task.c.id)
)
_UPDATE = update(user_task).where(user_task.c.id == bindparam("row_id"))
_ASSIGN = _UPDATE.values(assignee=bindparam("new_assignee"))
_HAND_ON = _ASSIGN.values(candidates=bindparam("new_candidates"), facts=bindparam("new_facts"))
_DRAFT = _UPDATE.values(draft=bindparam("new_draft"), draft_comment=bindparam("new_comment"))
_DELETE_CANDIDATE = delete(user_task_candidate).where(
    user_task_candidate.c.candidate == bindparam("key"), user_task_candidate.c.user_task_id == bindparam("row_id")
)
_INSERT_CANDIDATE = insert(user_task_candidate)


def find(work: UnitOfWork, id: UUID) -> UserTask | None:
    row = work.first(_BY_ID, {"id": id})
    return UserTask(*row) if row else None


def find_with_instance(work: UnitOfWork, id: UUID, *, locked: bool = False) -> tuple[UserTask, StoredInstance] | None:
    """The task and its process instance with the saved state; `work.now` comes with them."""
    found = _WITH_INSTANCE.find(work, id, locked=locked)
    return (UserTask(*found[0]), found[1]) if found else None


def of_instance(work: UnitOfWork, process_instance_id: UUID) -> tuple[UserTask, ...]:
    """All of them, done and open, in the order they were created."""
    return tuple(UserTask(*row) for row in work.rows(_OF_INSTANCE, {"id": process_instance_id}))


def completions(work: UnitOfWork, process_instance_id: UUID) -> dict[str, str]:
    """Element id → who completed it last."""
    return {row.element: row.completed_by for row in work.rows(_COMPLETED_BY, {"id": process_instance_id})}


def assign(work: UnitOfWork, task: UserTask, assignee: str | None) -> None:
    """With an assignee the task leaves the inbox of its candidates; without one it returns there."""
    work.write(_ASSIGN, {"row_id": task.id, "new_assignee": assignee})
    delete_candidates(work, task.id, task.candidates)
    if assignee is None and task.candidates:
        work.write(_INSERT_CANDIDATE, [_candidate(task, key) for key in task.candidates])


def hand_on(work: UnitOfWork, task: UserTask, assignee: str | None, candidates: Sequence[str], facts: UserTaskFacts) -> None:
    """Other people have the task, for the reasons that `facts` give."""
    work.write(_HAND_ON, {"row_id": task.id, "new_assignee": assignee, "new_candidates": list(candidates), "new_facts": facts})
    delete_candidates(work, task.id, task.candidates)
    if assignee is None and candidates:
        work.write(_INSERT_CANDIDATE, [_candidate(task, key) for key in candidates])


def delete_candidates(work: UnitOfWork, id: UUID, candidates: Sequence[str]) -> None:
    """Those of one task, by the keys it was created for: the table has no index by task."""
    if candidates:
        work.write(_DELETE_CANDIDATE, [{"row_id": id, "key": key} for key in candidates])


def save_draft(work: UnitOfWork, task: UserTask, draft: Mapping[str, Any] | None, comment: str | None) -> None:
    work.write(_DRAFT, {"row_id": task.id, "new_draft": draft, "new_comment": comment})


def _candidate(task: UserTask, key: str) -> dict[str, Any]:
    return {"candidate": key, "user_task_id": task.id, "process_instance_id": task.process_instance_id}
