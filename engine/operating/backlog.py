"""What is due and not done: for those who watch whether the workers keep up."""

from __future__ import annotations

from collections.abc import Mapping

from engine import access
from engine.facts.sentences import Sentence
from engine.store import backlog as rows
from engine.store.backlog import Due
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Due", "backlog"]


def backlog(work: UnitOfWork) -> Mapping[str, Due]:
    """By kind: jobs, timers, outbox, incidents."""
    access.right(work, "operate", to=Sentence("see the backlog"))
    return rows.backlog(work)
