"""The record of a process instance (审批记录): who did what, in order, with which words and files, and who it waits for now."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from engine.store import attachments, history, user_tasks
from engine.store.attachments import Attachment
from engine.store.history import Transition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask

__all__ = ["Entry", "Record", "record"]

Action = Literal[
    "started",
    "completed",
    "waiting",
    "withdrawn",
    "assigned",
    "forwarded",
    "cancelled",
    "suspended",
    "resumed",
    "changed",
    "moved",
]

#: Verbs of the history that stand in the record by themselves.
_VERBS: dict[str, Action] = {
    "assign": "assigned",
    "hand on": "forwarded",
    "cancel": "cancelled",
    "suspend": "suspended",
    "resume": "resumed",
    "change": "changed",
    "move": "moved",
}


#: Types of events that tell more than the verb.
_SAYING = ("Explained", "UserTaskAssigned")

#: By user task; those of the process instance itself under None.
Files = Mapping[UUID | None, Sequence[Attachment]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `person` did it; for a waiting task it is who has it, and `candidates` those who could take it.

    `version` is the one the process instance got by it. `spent` is how long the task took or has been waiting; `outcome_name` is
    the text of the button that was chosen; `attachments` are the files that came with the task or the start.
    """

    action: Action
    at: datetime
    version: int
    person: str | None = None
    element: str | None = None
    name: str = ""
    name_en: str = ""
    outcome: str | None = None
    outcome_name: str = ""
    outcome_name_en: str = ""
    outcome_style: str = ""
    comment: str | None = None
    spent: timedelta | None = None
    due_at: datetime | None = None
    candidates: Sequence[str] = ()
    user_task_id: UUID | None = None
    attachments: Sequence[Attachment] = ()

    @property
    def place(self) -> tuple[str | int, ...]:
        """In the record: what is still open comes last, what happened at the same moment in the order of versions."""
        return (
            int(self.action == "waiting"),
            self.at.isoformat(timespec="microseconds"),
            self.version,
            str(self.user_task_id or ""),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """The lines in the order of time, what is still open last; the open user tasks themselves; all files."""

    entries: tuple[Entry, ...]
    waiting: tuple[UserTask, ...]
    attachments: tuple[Attachment, ...]


def record(work: UnitOfWork, instance: ProcessInstance) -> Record:
    """Of a process instance that the actor has been granted."""
    tasks = user_tasks.of_instance(work, instance.id)
    added = attachments.of_instance(work, instance.id)
    changes = history.outline(work, instance.id, _VERBS)
    files, versions, names = _by_task(added), _Versions(changes), {task.element: task for task in tasks}
    entries = [_started(instance, files), *(_of_task(task, work.now, versions, files) for task in tasks)]
    entries += [_of_transition(each, names) for each in changes if each.verb in _VERBS]
    ordered = sorted(entries, key=lambda entry: entry.place)
    return Record(tuple(ordered), tuple(task for task in tasks if task.is_open), added)


class _Versions:
    """The versions of a process instance, found by what is known of the change that made them."""

    def __init__(self, changes: Iterable[Transition]) -> None:
        self._of_moment: dict[datetime, int] = {}
        self._completing: defaultdict[tuple[datetime, str | None], deque[int]] = defaultdict(deque)
        for change in changes:
            self._of_moment[change.at] = change.version
            if change.verb == "complete":
                self._completing[change.at, change.element].append(change.version)

    def of(self, task: UserTask) -> int:
        """By which the task was completed or closed; while it is open, by which it was created."""
        found = self._completing[task.completed_at, task.element] if task.completed_at else None
        if task.status == "completed" and found:
            return found.popleft()
        return self._of_moment.get(task.completed_at or task.created_at, 0)


def _by_task(added: Iterable[Attachment]) -> Files:
    found: defaultdict[UUID | None, list[Attachment]] = defaultdict(list)
    for each in added:
        found[each.user_task_id].append(each)
    return found


def _started(instance: ProcessInstance, files: Files) -> Entry:
    return Entry("started", instance.started_at, 1, instance.initiator, attachments=tuple(files.get(None, ())))


def _of_task(task: UserTask, now: datetime, versions: _Versions, files: Files) -> Entry:
    until = task.completed_at or now
    action: Action = "waiting" if task.is_open else "completed" if task.status == "completed" else "withdrawn"
    outcome = task.facts.outcome(task.outcome)
    return Entry(
        action=action,
        at=task.created_at if task.is_open else until,
        version=versions.of(task),
        person=task.completed_by or task.assignee,
        element=task.element,
        name=task.name,
        name_en=task.name_en,
        outcome=task.outcome,
        outcome_name=outcome.name if outcome else "",
        outcome_name_en=outcome.name_en if outcome else "",
        outcome_style=outcome.style if outcome else "",
        comment=task.comment,
        spent=until - task.created_at,
        due_at=task.due_at,
        candidates=() if task.assignee or not task.is_open else task.candidates,
        user_task_id=task.id,
        attachments=tuple(files.get(task.id, ())),
    )


def _of_transition(transition: Transition, tasks: dict[str, UserTask]) -> Entry:
    """`comment` is why a process was cancelled, or to whom a task was given; `candidates` those who may claim it since."""
    task = tasks.get(transition.element or "")
    told: Mapping[str, Any] = next((event for event in transition.events if event["type"] in _SAYING), {})
    return Entry(
        action=_VERBS[transition.verb],
        at=transition.at,
        version=transition.version,
        person=transition.actor,
        element=transition.element,
        name=task.name if task else "",
        name_en=task.name_en if task else "",
        comment=told.get("why") or told.get("assignee"),
        candidates=tuple(told.get("candidates", ())),
    )
