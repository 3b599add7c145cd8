"""Writes one step of one process instance: its state and version, the rows derived from it, the history and the outbox.

On PostgreSQL one data-modifying statement, elsewhere the same rows by plain statements in the open transaction. Either way a step
that was computed from an older version changes nothing and answers False.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.store import history, process_instances, recording_in_one_statement, recording_row_by_row
from engine.store.chain import following, seal
from engine.store.changes import Changes, Step
from engine.store.history import Transition
from engine.store.kept_json import kept_json
from engine.store.process_instances import Status, StoredInstance, sealed
from engine.store.unit_of_work import UnitOfWork

#: A timer that is due later than this is found by the workers in time anyway.
SOON = timedelta(seconds=2)


def record_start(work: UnitOfWork, step: Step) -> None:
    """The first version of a new process instance."""
    if work.database.is_postgresql:
        recording_in_one_statement.record_start(work, step)
    else:
        recording_row_by_row.record_start(work, step)
    _wake(work, step.changes)


def record(work: UnitOfWork, step: Step) -> bool:
    """The next version; False when another unit of work was faster."""
    in_one = work.database.is_postgresql
    is_first = recording_in_one_statement.record(work, step) if in_one else recording_row_by_row.record(work, step)
    if is_first:
        _wake(work, step.changes)
    return is_first


def record_beside(work: UnitOfWork, before: StoredInstance, logged: Transition, *, status: Status | None = None) -> bool:
    """A change that leaves the execution alone - claimed, suspended, a file added: the next version, in `status` where that is
    another one, with its row of the history. False when another unit of work was faster."""
    events, command = kept_json(logged.events), None if logged.command is None else kept_json(logged.command)
    chain = following(before.chain, logged, events, command)
    after = replace(before.row, version=logged.version, status=status or before.row.status)
    if not process_instances.change(
        work, before, status=after.status, chain=chain, seal=seal(chain, sealed(after), before.state)
    ):
        return False
    history.add(work, logged)
    return True


def _wake(work: UnitOfWork, changes: Changes) -> None:
    """The workers, as far as the step has left something for them."""
    if changes.outbox:
        work.wake("messages")
    if changes.jobs:
        work.wake("jobs")
    if changes.timers and min(row.due_at for row in changes.timers) <= work.now + SOON:
        work.wake("timers")
