"""What a saved state says is open, as rows: what `rebuild` writes and `audit` compares with."""

from __future__ import annotations

from engine.steps.derived_rows import Surroundings, derive
from engine.steps.restoring import restored
from engine.store import open_rows, user_tasks
from engine.store.changes import Changes
from engine.store.open_rows import Repair
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork


def needed_repair(work: UnitOfWork, stored: StoredInstance) -> Repair:
    """The difference between the rows of a process instance and its state; nothing is open in one that has ended."""
    instance = stored.row
    wanted = Changes()
    if not instance.is_ended:
        around = Surroundings(
            now=work.now,
            directory=work.directory,
            initiator=instance.initiator,
            initiator_department=instance.initiator_department,
            earlier=lambda element: user_tasks.completions(work, instance.id).get(element),
        )
        wanted = derive(restored(work, stored).waiting(), around)
    return open_rows.difference(wanted, open_rows.of_instance(work, instance.id))
