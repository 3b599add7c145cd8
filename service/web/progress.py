"""Where process instances are: the steps that wait for people now, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.people import user_tasks
from engine.people.user_tasks import UserTaskItem
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.web.languages import named
from service.web.people import holder_name
from service.web.summaries import Line, summary_lines


@dataclass(frozen=True, slots=True)
class Step:
    """A step somebody has to do, and who has it or could take it."""

    name: str
    who: str
    since: datetime
    due_at: datetime | None
    summary: tuple[Line, ...]


def current_steps(work: UnitOfWork, instances: Sequence[ProcessInstance]) -> Mapping[UUID, tuple[Step, ...]]:
    """By process instance; those that have ended have none."""
    open_tasks = user_tasks.open_in(work, instances)
    return {id: tuple(_step(task) for task in tasks) for id, tasks in open_tasks.items()}


def _step(task: UserTaskItem) -> Step:
    who = holder_name(task.assignee, task.candidates)
    return Step(named(task.name, task.name_en), who, task.created_at, task.due_at, summary_lines(task.summary))
