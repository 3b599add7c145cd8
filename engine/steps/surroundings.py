"""What the rows of an open process instance need to know beyond its events."""

from __future__ import annotations

from engine.steps.derived_rows import Surroundings
from engine.store import event_starts, user_tasks
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


def surroundings_of(
    work: UnitOfWork, instance: ProcessInstance, *, completes: str | None = None, depth: int | None = 0
) -> Surroundings:
    """`completes` is the element of the user task that the actor is completing: the table does not say so yet. `depth` is that of
    the instance in its chain of starts by events; None looks for it, when something asks."""

    def earlier(element: str) -> str | None:
        """Read only when an assignment asks."""
        return work.actor.id if element == completes else user_tasks.completions(work, instance.id).get(element)

    return Surroundings(
        now=work.now,
        directory=work.directory,
        initiator=instance.initiator,
        initiator_department=instance.initiator_department,
        earlier=earlier,
        depth=lambda: event_starts.depth_of(work, instance.id) if depth is None else depth,
    )
