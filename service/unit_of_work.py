"""The unit of work of a request: the engine's, with the actor who asks and the organisation as they saw it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from engine.store.unit_of_work import UnitOfWork
from engine.store.unit_of_work import unit_of_work as engine_unit_of_work
from service.flask_application import current_request
from service.identity.current import SAFE_METHODS, current_caller, identity


def unit_of_work() -> AbstractContextManager[UnitOfWork]:
    """Commits on a clean exit. NotSignedIn when nobody asks.

    A page that only shows something is of the moment at which its session was read; what changes something asks for the moment
    itself, as a file may have been uploaded in between.
    """
    caller = current_caller()
    now = caller.at if current_request().method in SAFE_METHODS else None
    return engine_unit_of_work(identity().database, caller.actor, directory=caller.organisation, now=now)
