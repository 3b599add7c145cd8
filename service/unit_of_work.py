"""The unit of work of a request: the engine's, with the actor who asks and the organisation as they saw it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from engine.store.unit_of_work import UnitOfWork
from engine.store.unit_of_work import unit_of_work as engine_unit_of_work
from service.identity.current import current_caller, identity


def unit_of_work() -> AbstractContextManager[UnitOfWork]:
    """Commits on a clean exit. NotSignedIn when nobody asks."""
    caller = current_caller()
    return engine_unit_of_work(identity().database, caller.actor, directory=caller.organisation)
