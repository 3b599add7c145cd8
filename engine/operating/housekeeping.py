"""What is kept for a while only: removed by a worker now and then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from engine import access
from engine.facts.sentences import Sentence
from engine.store import attachments, event_starts, inbound_events, messages, outbox
from engine.store.unit_of_work import UnitOfWork

__all__ = ["KINDS", "tidy"]

#: How long a repeated event id is still recognised.
EVENT_IDS_KEPT = timedelta(days=30)

#: How long a file waits for the start form it was added to.
LOOSE_FILES_KEPT = timedelta(days=2)

#: How long it can be seen that a message or a signal was delivered.
DELIVERED_KEPT = timedelta(days=7)


#: Each may be carried out in a transaction of its own. They answer how many rows they have removed.
KINDS: Mapping[str, Callable[[UnitOfWork], int]] = {
    "messages": messages.remove_expired,
    "event_ids": lambda work: inbound_events.forget(work, work.now - EVENT_IDS_KEPT),
    "delivered": lambda work: outbox.remove_done(work, work.now - DELIVERED_KEPT),
    "event_starts": lambda work: event_starts.remove_old(work, work.now - event_starts.CHAIN),
    "loose_files": lambda work: attachments.remove_loose(work, work.now - LOOSE_FILES_KEPT),
}


def tidy(work: UnitOfWork, kind: str) -> int:
    """Removes what is over of this kind: expired messages, old event ids, what was delivered long ago, files that never became
    part of a process."""
    access.right(work, "operate", to=Sentence("tidy up"))
    return KINDS[kind](work)
