"""A step that could not be done: a refusal for the person who asked, an incident for those who repair."""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

from engine.facts.errors import StepRefused
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import incidents, process_instances
from engine.store.incidents import Incident, Kind
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


class Failed(Exception):
    """One step of `instance` failed at an element; `cause` is a sentence. Nothing was changed."""

    def __init__(self, instance: ProcessInstance, *, element: str, token: int, definition: str, cause: Sentence) -> None:
        super().__init__(cause)
        self.instance = instance
        self.element = element
        self.token = token
        self.definition_id = UUID(definition) if definition else instance.definition_id
        self.cause = cause


def refuse(work: UnitOfWork, failed: Failed, *, name: str) -> NoReturn:
    """Refuses what a person asked; the incident is recorded in a transaction of its own after this one is undone."""

    def keep(later: UnitOfWork, _: BaseException) -> None:
        record(later, failed, kind="step")

    work.after_rollback(keep)
    raise StepRefused(name=name, why=failed.cause, now=StepRefused.INCIDENT) from failed


def record(work: UnitOfWork, failed: Failed, *, kind: Kind, trigger_id: UUID | None = None) -> bool:
    """The same failure again is counted on its open incident.

    False, and no incident, where the instance has gone on meanwhile: there it may not fail. It is locked from here on.
    """
    stored = process_instances.find_locked(work, failed.instance.id)
    if stored is None or stored.row.version != failed.instance.version:
        return False
    if incidents.count_again(work, failed.instance.id, failed.token, kind, failed.cause, trigger_id):
        return True
    incidents.add(
        work,
        Incident(
            id=new_id(work.now),
            process_instance_id=failed.instance.id,
            definition_id=failed.definition_id,
            element=failed.element,
            token=failed.token,
            kind=kind,
            cause=failed.cause,
            trigger_id=trigger_id,
            count=1,
            created_at=work.now,
            last_at=work.now,
            resolved_at=None,
            resolved_by=None,
        ),
    )
    return True
