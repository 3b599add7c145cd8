"""What the rows of an open process instance need to know beyond its events, when no step is being taken."""

from __future__ import annotations

from engine.steps.derived_rows import Surroundings
from engine.store import user_tasks
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


def surroundings_of(work: UnitOfWork, instance: ProcessInstance) -> Surroundings:
    return Surroundings(
        now=work.now,
        directory=work.directory,
        initiator=instance.initiator,
        initiator_department=instance.initiator_department,
        earlier=lambda element: user_tasks.completions(work, instance.id).get(element),
        depth=lambda: 0,
    )
