"""Units of work for those who are not signed in: webhooks, with the organisation as it is now."""

from __future__ import annotations

from contextlib import AbstractContextManager

from engine.actor import Actor
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.parts import Parts, current_parts


def begin(actor: Actor) -> AbstractContextManager[UnitOfWork]:
    """In a request."""
    return begin_with(current_parts(), actor)


def begin_with(parts: Parts, actor: Actor) -> AbstractContextManager[UnitOfWork]:
    """In a worker or a command."""
    return unit_of_work(parts.database, actor, directory=parts.organisation)
