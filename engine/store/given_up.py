"""Rows that wait for somebody without an incident standing for them: no process instance was there to have one."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, Table, Update, bindparam, exists, func, null, select, update

from engine.facts.sentences import Sentence
from engine.store import event_starts, subscriptions
from engine.store.event_starts import paused_process
from engine.store.incidents import incident
from engine.store.outbox import outbox
from engine.store.timers import timer
from engine.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Kind = Literal["timer", "message", "process"]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """`why`: the sentence of its last failure; `since`: when it was due. A process is one that events may start no more: `id` is
    that of its definition.

    `key` is of the process that was to start, where one is known; `event` the name of the message or signal;
    `process_instance_id` of the case that has thrown it, or waits for it.
    """

    kind: Kind
    id: UUID
    key: str | None
    process_instance_id: UUID | None
    event: str | None
    why: Sentence
    since: datetime


_TABLES: Mapping[Kind, Table] = {"timer": timer, "message": outbox}


def _of(table: Table, *columns: Any) -> Select[Any]:
    """Where there ever was an incident, that is the place to repair it or to leave it."""
    known = exists().where(incident.c.trigger_id == table.c.id).correlate(table)
    return select(table.c.id, *columns, table.c.error, table.c.due_at).where(table.c.error.is_not(None), ~known)


def _ids(table: Table) -> Select[Any]:
    return _of(table).with_only_columns(table.c.id)


_PAUSED = select(paused_process.c.definition_id, paused_process.c.key, null(), paused_process.c.why, paused_process.c.since)
#: Of each kind: id, key, process instance, for a message its body, why, since.
_ROWS: Mapping[Kind, Select[Any]] = {
    "process": _PAUSED.order_by(paused_process.c.key),
    "timer": _of(timer, timer.c.key, timer.c.process_instance_id).order_by(timer.c.id),
    "message": _of(outbox, null(), outbox.c.process_instance_id, outbox.c.body).order_by(outbox.c.id),
}
_COUNTS = {kind: select(func.count()).select_from(rows.order_by(None).subquery()) for kind, rows in _ROWS.items()}
_REARM: Mapping[Kind, Update] = {
    "timer": update(timer).values(error=None, claimed_until=None, attempts=0).where(timer.c.id.in_(_ids(timer))),
    "message": update(outbox).values(error=None, attempts=0, depth=0).where(outbox.c.id.in_(_ids(outbox))),
}
_REARM_ONE = [statement.where(_TABLES[kind].c.id == bindparam("row_id")) for kind, statement in _REARM.items()]


def tell(work: UnitOfWork, kind: Kind, about: str | None, why: str) -> None:
    """In the log, once for all of one cause. `about`: a process, or the name of what was thrown; `why`: without values that
    people may have entered, which only the page and the command tell."""
    times = work.database.paces.times((kind, about, why))
    if times:
        more = {"kind": kind, "about": about, "why": why, "times": times}
        log.warning("given up until somebody tries it again, on the page “Incidents” or by `liuzhuan given-up`", extra=more)


def counts(work: UnitOfWork) -> Mapping[Kind, int]:
    return {kind: int(work.first(statement)[0]) for kind, statement in _COUNTS.items()}


def list_(work: UnitOfWork, limit: int | None = None) -> Sequence[GivenUp]:
    """Processes, timers, then messages, each in the order in which they came; the first of all."""
    processes, due, messages = (work.rows(statement.limit(limit)) for statement in _ROWS.values())
    paused = [GivenUp("process", id, key, instance, None, why, since) for id, key, instance, why, since in processes]
    starts = [GivenUp("timer", id, key, instance, None, why, since) for id, key, instance, why, since in due]
    return [*paused, *starts, *_messages(work, messages)][:limit]


def _messages(work: UnitOfWork, rows: Sequence[Any]) -> Iterator[GivenUp]:
    """The share of one who listens to a signal only names the subscription."""
    listening = subscriptions.several(work, [UUID(row.body["subscription"]) for row in rows if "subscription" in row.body])
    for id, _, thrower, body, why, since in rows:
        receiver = listening.get(UUID(body["subscription"])) if "subscription" in body else None
        event = receiver.name if receiver else body.get("name")
        instance = thrower or (receiver.process_instance_id if receiver else None)
        yield GivenUp("message", id, receiver.key if receiver else None, instance, event, why, since)


def rearm(work: UnitOfWork) -> int:
    """All of them are due again. Answers how many."""
    work.wake("timers")
    work.wake("messages")
    return event_starts.resume_all(work) + sum(work.write(statement) for statement in _REARM.values())


def rearm_one(work: UnitOfWork, id: UUID) -> bool:
    """Of whatever kind. False: it is not given up, or not any more."""
    work.wake("timers")
    work.wake("messages")
    return event_starts.resume_one(work, id) or any(work.write(statement, {"row_id": id}) for statement in _REARM_ONE)
