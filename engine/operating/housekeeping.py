"""What is kept for a while only: removed by a worker now and then."""

from __future__ import annotations

from datetime import timedelta

from engine import access
from engine.facts.sentences import Sentence
from engine.store import attachments, inbound_events, messages, outbox
from engine.store.unit_of_work import UnitOfWork

__all__ = ["tidy"]

#: How long a repeated event id is still recognised.
EVENT_IDS_KEPT = timedelta(days=30)

#: How long a file waits for the start form it was added to.
LOOSE_FILES_KEPT = timedelta(days=2)

#: How long it can be seen that a message or a signal was delivered.
DELIVERED_KEPT = timedelta(days=7)


def tidy(work: UnitOfWork) -> int:
    """Removes expired messages, old event ids, what was delivered long ago, and files that never became part of a process.

    Answers how many rows.
    """
    access.right(work, "operate", to=Sentence("tidy up"))
    removed = messages.remove_expired(work)
    removed += inbound_events.forget(work, work.now - EVENT_IDS_KEPT)
    removed += outbox.remove_done(work, work.now - DELIVERED_KEPT)
    return removed + attachments.remove_loose(work, work.now - LOOSE_FILES_KEPT)
