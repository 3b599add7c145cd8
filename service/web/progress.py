"""Where process instances are: the steps that wait for people now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine import process_instances
from engine.process_instances import Entry, ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.web.languages import named
from service.web.people import candidate_name, person_name


@dataclass(frozen=True, slots=True)
class Step:
    """A step somebody has to do, and who has it or could take it."""

    name: str
    who: str


def current_steps(work: UnitOfWork, instances: Sequence[ProcessInstance]) -> Mapping[UUID, tuple[Step, ...]]:
    """By process instance; those that have ended have none."""
    return {each.id: _steps(work, each.id) for each in instances if not each.is_ended}


def _steps(work: UnitOfWork, id: UUID) -> tuple[Step, ...]:
    return tuple(step_of(entry) for entry in process_instances.record(work, id) if entry.action == "waiting")


def step_of(entry: Entry) -> Step:
    who = person_name(entry.person) if entry.person else "、".join(map(candidate_name, entry.candidates))
    return Step(named(entry.name, entry.name_en), who)
