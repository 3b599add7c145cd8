"""Where process instances are: the steps that wait for people now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine import process_instances
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from engine.user_tasks import UserTask
from service.web.languages import named
from service.web.people import candidate_name, person_name


@dataclass(frozen=True, slots=True)
class Step:
    """A step somebody has to do, and who has it or could take it."""

    name: str
    who: str


def current_steps(work: UnitOfWork, instances: Sequence[ProcessInstance]) -> Mapping[UUID, tuple[Step, ...]]:
    """By process instance; those that have ended have none."""
    found = process_instances.open_steps(work, [each.id for each in instances if not each.is_ended])
    return {id: tuple(map(_step, tasks)) for id, tasks in found.items()}


def _step(task: UserTask) -> Step:
    who = person_name(task.assignee) if task.assignee else "、".join(map(candidate_name, task.candidates))
    return Step(named(task.name, task.name_en), who)
