"""Tables event_start and paused_process: what events have started lately, and which processes they may start no more."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, delete, func, insert, select

from engine.facts.sentences import Sentence
from engine.store.columns import Id, Moment, Shaped, metadata
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

event_start = Table(
    "event_start",
    metadata,
    Column("process_instance_id", Id, primary_key=True),
    Column("key", String(255), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("depth", Integer, nullable=False),
    Index("event_start_of_process", "key", "started_at"),
)

paused_process = Table(
    "paused_process",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("definition_id", Id, nullable=False),
    Column("since", Moment, nullable=False),
    Column("why", Shaped(Sentence), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Why events may start a process no more, and since when."""

    why: Sentence
    since: datetime


#: Who throws something later than this after its start begins a new chain.
CHAIN = timedelta(minutes=10)

_recent = (
    select(event_start.c.key)
    .where(
        event_start.c.key == bindparam("key"),
        event_start.c.started_at > bindparam("since"),
        # Those that are still to come were before the clock went back, or have waited less for a worker.
        event_start.c.started_at <= bindparam("until"),
    )
    .limit(bindparam("most"))
)
_COUNT = select(func.count()).select_from(_recent.subquery())
_DEPTH = select(event_start.c.depth).where(
    event_start.c.process_instance_id == bindparam("id"), event_start.c.started_at > bindparam("since")
)
_ADD = insert(event_start)
_REMOVE_OLD = delete(event_start).where(event_start.c.started_at <= bindparam("before"))
_FORGET = delete(event_start).where(event_start.c.key.in_(select(paused_process.c.key)))
_OF_DEFINITION = paused_process.c.definition_id == bindparam("row_definition_id")
_FORGET_ONE = delete(event_start).where(event_start.c.key.in_(select(paused_process.c.key).where(_OF_DEFINITION)))
_RESUME_ONE = delete(paused_process).where(_OF_DEFINITION)
_PAUSE_OF = select(paused_process.c.why, paused_process.c.since).where(paused_process.c.key == bindparam("key"))
_PAUSE = insert(paused_process)
_RESUME = delete(paused_process).where(paused_process.c.key == bindparam("row_key"))
_RESUME_ALL = delete(paused_process)


def count(work: UnitOfWork, key: str, *, since: datetime, until: datetime, most: int) -> int:
    """Starts of a process by events that happened between the two, counted up to `most`."""
    return int(work.first(_COUNT, {"key": key, "since": since, "until": until, "most": most})[0])


def depth_of(work: UnitOfWork, process_instance_id: UUID) -> int:
    """How many starts of a chain came before that of this instance; 0 also for one that began long ago."""
    row = work.first(_DEPTH, {"id": process_instance_id, "since": work.now - CHAIN})
    return int(row[0]) if row else 0


def add(work: UnitOfWork, process_instance_id: UUID, key: str, depth: int, *, at: datetime) -> None:
    """`at`: when the event happened."""
    work.write(_ADD, {"process_instance_id": process_instance_id, "key": key, "started_at": at, "depth": depth})


def remove_old(work: UnitOfWork, before: datetime) -> int:
    return work.write(_REMOVE_OLD, {"before": before})


def pause_of(work: UnitOfWork, key: str) -> Pause | None:
    """None: events may start it."""
    row = work.first(_PAUSE_OF, {"key": key})
    return Pause(*row) if row else None


def pause(work: UnitOfWork, definition: ProcessDefinition, why: Sentence) -> None:
    """It stands among what was given up, and in the log."""
    work.write(_RESUME, {"row_key": definition.key})
    work.write(_PAUSE, {"key": definition.key, "definition_id": definition.id, "since": work.now, "why": why})
    log.warning(
        "events start a process too often, so it is paused for them",
        extra={
            "key": definition.key,
            "version": definition.version,
            "definition": str(definition.id),
            "why": str(why),
            "told": "who operates: the pages “Incidents” and of the process, `liuzhuan given-up`, the metric liuzhuan_given_up",
        },
    )


def resume(work: UnitOfWork, key: str) -> None:
    work.write(_RESUME, {"row_key": key})


def resume_all(work: UnitOfWork) -> int:
    """Their starts so far count no more. Answers how many were paused."""
    work.write(_FORGET)
    return work.write(_RESUME_ALL)


def resume_one(work: UnitOfWork, definition_id: UUID) -> bool:
    """Its starts so far count no more. False: it is not paused."""
    keys = {"row_definition_id": definition_id}
    work.write(_FORGET_ONE, keys)
    return work.write(_RESUME_ONE, keys) > 0
