"""A row that moves a process instance - a user task, a job, a timer, a subscription - read together with the instance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, func, select

from engine.store.columns import columns_of
from engine.store.process_instances import STATE_COLUMNS, StoredInstance, process_instance, stored
from engine.store.quick import QuickSelect
from engine.store.unit_of_work import UnitOfWork


class WithInstance:
    """The reading of one table's rows by id, as the values of a dataclass. `work.now` comes along."""

    def __init__(self, table: Table, row: type[Any]) -> None:
        joined = table.join(process_instance, process_instance.c.id == table.c.process_instance_id)
        columns = (*columns_of(table, row), *STATE_COLUMNS, func.now())
        self._select = QuickSelect(select(*columns).select_from(joined).where(table.c.id == bindparam("id")))
        instance_id = select(table.c.process_instance_id).where(table.c.id == bindparam("id")).scalar_subquery()
        self._lock = select(process_instance.c.id).where(process_instance.c.id == instance_id).with_for_update()
        self._width = len(columns) - len(STATE_COLUMNS) - 1

    def find(self, work: UnitOfWork, id: UUID, *, locked: bool) -> tuple[Sequence[Any], StoredInstance] | None:
        """The values of the row, and the instance. Locked: nobody else changes either until this unit of work ends.

        The lock is a statement of its own: after waiting for it PostgreSQL reads anew only the row it locks, so that a row
        joined in the same statement would be the one from before the wait.
        """
        if locked:
            work.begin()
            work.first(self._lock, {"id": id})
        row = work.quick_row(self._select, {"id": id})
        if row is None:
            return None
        work.observe(row[-1])
        return row[: self._width], stored(row[self._width : -1])
