"""Fires timers that have become due, oldest first: each once, each in a transaction of its own."""

from __future__ import annotations

import logging

from engine import timers
from engine.actor import SYSTEM
from engine.errors import Conflict
from service.parts import Parts

log = logging.getLogger(__name__)

BATCH = 100


def run_once(parts: Parts) -> int:
    """The number of timers claimed. One that cannot be fired now keeps its row and comes back."""
    with parts.begin(SYSTEM) as work:
        due = timers.take_due(work, limit=BATCH)
    for id in due:
        try:
            with parts.begin(SYSTEM) as work:
                timers.fire(work, id)
        except Conflict as refusal:
            log.info("a timer waits", extra={"timer": str(id), "why": str(refusal)})
    return len(due)
