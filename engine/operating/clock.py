"""After the clock of the database has gone back: what was set ahead by it does not wait for that moment to come again.

Nothing waits longer than the longest lease or pause there is; what seems to, is due. When a timer is due, its model says: it is
left alone.
"""

from __future__ import annotations

from datetime import timedelta

from engine import access
from engine.facts.pauses import FURTHEST, FURTHEST_OF_JOBS
from engine.facts.sentences import Sentence
from engine.store import jobs, outbox
from engine.store.unit_of_work import UnitOfWork

__all__ = ["bring_back"]


def bring_back(work: UnitOfWork, *, lease: timedelta) -> int:
    """How many jobs and thrown messages are due again. `lease` is what a worker keeps that works on one now."""
    access.right(work, "operate", to=Sentence("set back what was set by another clock"))
    found = jobs.bring_back(work, work.now + FURTHEST_OF_JOBS, lease=lease) + outbox.bring_back(work, work.now + FURTHEST)
    if found:
        work.wake("jobs")
        work.wake("messages")
    return found
