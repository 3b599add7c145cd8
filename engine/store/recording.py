"""Writes one step of one process instance: its state and version, the rows derived from it, the history and the outbox.

On PostgreSQL one data-modifying statement, elsewhere the same rows by plain statements in the open transaction. Either way a step
that was computed from an older version changes nothing and answers False.
"""

from __future__ import annotations

from engine.store import recording_in_one_statement, recording_row_by_row
from engine.store.changes import Step
from engine.store.unit_of_work import UnitOfWork


def record_start(work: UnitOfWork, step: Step) -> None:
    """The first version of a new process instance."""
    if work.database.is_postgresql:
        recording_in_one_statement.record_start(work, step)
    else:
        recording_row_by_row.record_start(work, step)


def record(work: UnitOfWork, step: Step) -> bool:
    """The next version; False when another unit of work was faster."""
    if work.database.is_postgresql:
        return recording_in_one_statement.record(work, step)
    return recording_row_by_row.record(work, step)
