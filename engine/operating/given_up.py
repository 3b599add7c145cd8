"""What failed too often, or in a way that trying again does not help, where no process instance could have an incident for it.

Timers of start events, signals thrown from outside that begin a process, and processes that events have started too often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from engine import access
from engine.facts.sentences import Sentence
from engine.store import given_up
from engine.store.given_up import GivenUp, Kind
from engine.store.unit_of_work import UnitOfWork

__all__ = ["GivenUp", "Kind", "counts", "list_", "retry", "retry_one"]


def counts(work: UnitOfWork) -> Mapping[Kind, int]:
    access.right(work, "operate", to=Sentence("see what was given up"))
    return given_up.counts(work)


def list_(work: UnitOfWork, *, limit: int | None = None) -> Sequence[GivenUp]:
    """All of it, or the first of each kind up to `limit` together: processes that events may not start come first."""
    access.right(work, "operate", to=Sentence("see what was given up"))
    return given_up.list_(work, limit)


def retry(work: UnitOfWork) -> int:
    """All of it is due again at once. Answers how many."""
    access.right(work, "operate", to=Sentence("retry what was given up"))
    return given_up.rearm(work)


def retry_one(work: UnitOfWork, id: UUID) -> bool:
    """It alone; a process that is paused stays so while something else is tried again. False: somebody was faster."""
    access.right(work, "operate", to=Sentence("retry what was given up"))
    return given_up.rearm_one(work, id)
