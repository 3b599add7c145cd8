"""Brings back what a clock of the database that was ahead has parked in the future: jobs, messages, e-mails."""

from __future__ import annotations

import logging
from datetime import timedelta

from engine.facts.actor import SYSTEM
from engine.facts.pauses import FURTHEST
from engine.operating import clock
from service.background.send_mails import LEASE
from service.parts import Parts
from service.store import mails

log = logging.getLogger(__name__)


def run_once(parts: Parts) -> int:
    """How many are due again."""
    with parts.begin(SYSTEM) as work:
        found = clock.bring_back(work, lease=timedelta(seconds=parts.settings.job_lease_seconds))
        found += mails.bring_back(work, work.now + max(LEASE, FURTHEST))
    if found:
        log.warning("the clock of the database has gone back: what it had parked is due again", extra={"rows": found})
    return found
