"""Table background_tick: when each loop of the workers ran last. Health reads it: a running process proves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, String, Table, bindparam, select, text

from engine.store.columns import Moment
from engine.store.unit_of_work import UnitOfWork
from service.store.schema import metadata

#: The loops without which processes stand still. Each has its own thread, so that the tick of one says nothing of the others.
WATCHED = ("run_jobs", "fire_due_timers", "deliver_messages")

background_tick = Table(
    "background_tick",
    metadata,
    Column("loop", String(64), primary_key=True),
    Column("ticked_at", Moment, nullable=False),
)

_ALL = select(background_tick.c.loop, background_tick.c.ticked_at)
_TICK = text(
    "INSERT INTO background_tick (loop, ticked_at) VALUES (:this, :now)"
    " ON CONFLICT (loop) DO UPDATE SET ticked_at = excluded.ticked_at"
).bindparams(bindparam("now", type_=Moment()))


def tick(work: UnitOfWork, loop: str) -> None:
    work.write(_TICK, {"this": loop, "now": work.now})


def ticks(work: UnitOfWork) -> Mapping[str, datetime]:
    return {row.loop: row.ticked_at for row in work.rows(_ALL)}
