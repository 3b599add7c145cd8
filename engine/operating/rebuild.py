"""Writes the rows that lists are made of anew, from saved states and models. Claims, drafts and dates of right rows stay."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from engine.assignment.directory import Directory
from engine.facts.actor import SYSTEM
from engine.operating.needed_repairs import needed_repair
from engine.operating.start_event_rows import put_right
from engine.store import Database, open_rows, process_instance_lists, process_instances
from engine.store.unit_of_work import unit_of_work

#: Process instances looked at in one reading transaction.
BATCH = 500


def rebuild(database: Database, directory: Directory) -> int:
    """Answers how many rows were wrong. Start events first, then each process instance in a transaction of its own."""
    with unit_of_work(database, SYSTEM, directory=directory) as work:
        starts = put_right(work)
    return starts + sum(_rebuilt(database, directory, id) for id in all_ids(database, directory))


def all_ids(database: Database, directory: Directory) -> Iterator[UUID]:
    """Of every process instance, oldest first."""
    after: UUID | None = None
    while True:
        with unit_of_work(database, SYSTEM, directory=directory) as work:
            ids = process_instance_lists.ids_after(work, after, limit=BATCH)
        yield from ids
        if len(ids) < BATCH:
            return
        after = ids[-1]


def _rebuilt(database: Database, directory: Directory, id: UUID) -> int:
    with unit_of_work(database, SYSTEM, directory=directory) as work:
        stored = process_instances.find_locked(work, id)
        if stored is None:
            return 0
        repair = needed_repair(work, stored)
        open_rows.repair(work, id, repair)
        return repair.count
