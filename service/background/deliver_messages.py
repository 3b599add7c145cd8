"""Delivers what process instances have thrown to others, and messages that were kept until somebody waited for them."""

from __future__ import annotations

from engine import deliveries
from engine.actor import SYSTEM
from service.parts import Parts

BATCH = 100


def run_once(parts: Parts) -> int:
    """The number of messages and signals delivered: each with its receiver's step in one transaction."""
    for delivered in range(BATCH):
        with parts.begin(SYSTEM) as work:
            if not deliveries.deliver_next(work):
                return delivered
    return BATCH
