"""The rows of start events in the tables subscription and timer, of whatever definition; what they have started by the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select

from engine.facts.actor import SYSTEM
from engine.store.columns import columns_of
from engine.store.history import history
from engine.store.process_instances import process_instance
from engine.store.subscriptions import Subscription, subscription
from engine.store.timers import Timer, timer
from engine.store.unit_of_work import UnitOfWork

StartRow = Subscription | Timer
Row = TypeVar("Row", Subscription, Timer)

_TABLES: dict[type[Any], Any] = {Subscription: subscription, Timer: timer}
#: By what a row is known to be still the one that was found: a timer that has fired meanwhile is another.
_FOUND: dict[type[Any], tuple[str, ...]] = {Subscription: ("id",), Timer: ("id", "due_at", "fired")}
#: Whatever is taken for a start event's: what has a key, or no process instance.
_ALL = {
    row: select(*columns_of(table, row))
    .where(or_(table.c.process_instance_id.is_(None), table.c.key.is_not(None)))
    .order_by(table.c.id)
    for row, table in _TABLES.items()
}
#: The newest first. What was begun before commands were logged has none.
_BEGUN = (
    select(process_instance.c.id, history.c.at, history.c.command)
    .join(history, history.c.process_instance_id == process_instance.c.id)
    .where(
        process_instance.c.definition_id == bindparam("definition"),
        history.c.version == 1,
        history.c.actor == SYSTEM.id,
        process_instance.c.id < bindparam("before"),
    )
    .order_by(process_instance.c.id.desc())
    .limit(bindparam("most"))
)
_LAST_ID = UUID(int=2**128 - 1)
#: Process instances that are read at once.
_BATCH = 200


def all_(work: UnitOfWork, kind: type[Row]) -> tuple[Row, ...]:
    """In the order in which they were written."""
    return tuple(kind(*row) for row in work.rows(_ALL[kind]))


def last_start(work: UnitOfWork, definition_id: UUID, element: str) -> tuple[datetime | None, bool]:
    """When a timer of this start event has started a process instance last, by the log; False: the log says too little."""
    before = _LAST_ID
    while rows := work.rows(_BEGUN, {"definition": definition_id, "before": before, "most": _BATCH}):
        for row in rows:
            if row.command is None:
                return None, False
            trigger = row.command.get("trigger")
            if trigger and trigger["kind"] == "timer" and trigger["element"] == element:
                return row.at, True
        before = rows[-1].id
    return None, True


def change(work: UnitOfWork, found: StartRow | None, wanted: StartRow | None) -> bool:
    """Puts the one in place of the other, or takes it away. False, and nothing is changed: the row found is not there any more
    as it was found, for somebody was faster."""
    if found is not None:
        table = _TABLES[type(found)]
        same = (table.c[name] == getattr(found, name) for name in _FOUND[type(found)])
        if not work.write(delete(table).where(*same)):
            return False
    if wanted is not None:
        table = _TABLES[type(wanted)]
        work.write(insert(table), {column.name: getattr(wanted, column.name) for column in columns_of(table, type(wanted))})
        if isinstance(wanted, Timer):
            work.wake("timers")
    return True
