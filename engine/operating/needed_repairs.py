"""What a saved state says is open, as rows: what `rebuild` writes and `audit` compares with."""

from __future__ import annotations

from engine.steps.derived_rows import derive
from engine.steps.restoring import restored
from engine.steps.surroundings import surroundings_of
from engine.store import open_rows
from engine.store.changes import Changes
from engine.store.open_rows import Repair
from engine.store.process_instances import StoredInstance
from engine.store.unit_of_work import UnitOfWork


def needed_repair(work: UnitOfWork, stored: StoredInstance) -> Repair:
    """The difference between the rows of a process instance and its state; nothing is open in one that has ended."""
    instance = stored.row
    wanted = Changes()
    if not instance.is_ended:
        wanted = derive(restored(work, stored).waiting(), surroundings_of(work, instance))
    return open_rows.difference(wanted, open_rows.of_instance(work, instance.id))
