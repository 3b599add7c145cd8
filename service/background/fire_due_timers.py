"""Fires timers that have become due, oldest first: each once, each in a transaction of its own."""

from __future__ import annotations

import logging
from uuid import UUID

from engine import timers
from engine.facts.actor import SYSTEM
from engine.facts.errors import Conflict, Unavailable
from engine.store.unit_of_work import unit_of_work
from service.identity.organisation import Organisation
from service.parts import Parts

log = logging.getLogger(__name__)

BATCH = 100


def run_once(parts: Parts) -> int:
    """The number of timers claimed. One that cannot be fired now keeps its row and comes back; the others do not wait for it."""
    organisation = parts.organisation
    with unit_of_work(parts.database, SYSTEM, directory=organisation) as work:
        due = timers.take_due(work, limit=BATCH)
    for id in due:
        _fire(parts, organisation, id)
    return len(due)


def seconds_to_next(parts: Parts) -> float | None:
    """Until the next timer is due, so that it need not wait for the next beat."""
    with parts.begin(SYSTEM) as work:
        time = timers.time_to_next(work)
    return None if time is None else time.total_seconds()


def _fire(parts: Parts, organisation: Organisation, id: UUID) -> None:
    try:
        with unit_of_work(parts.database, SYSTEM, directory=organisation) as work:
            timers.fire(work, id)
    except Unavailable:
        raise
    except Conflict as refusal:
        log.info("a timer waits", extra={"timer": str(id), "why": refusal})
    except Exception:
        log.exception("a timer could not be fired and is tried again later", extra={"timer": str(id)})
