"""Delivers what process instances have thrown to others, and messages that were kept until somebody waited for them."""

from __future__ import annotations

import logging

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.messaging import thrown as deliveries
from engine.store.unit_of_work import unit_of_work
from service.parts import Parts

log = logging.getLogger(__name__)

BATCH = 100


def run_once(parts: Parts) -> int:
    """The number of messages and signals taken: each with its receiver's step in one transaction.

    One that failed for an unforeseen reason comes back later; the others do not wait for it.
    """
    organisation = parts.organisation
    for taken in range(BATCH):
        try:
            with unit_of_work(parts.database, SYSTEM, directory=organisation) as work:
                if not deliveries.deliver_next(work):
                    return taken
        except Unavailable:
            raise
        except Exception:
            log.exception("a message could not be delivered and is tried again later")
    return BATCH
