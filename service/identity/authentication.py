"""Who a session id or an API token belongs to: one SELECT, which also tells whether the organisation has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.facts.actor import SYSTEM, Actor
from engine.store import Database
from engine.store.unit_of_work import unit_of_work
from service.identity.hashing import kept
from service.identity.organisation import Organisation
from service.identity.snapshot import NOBODY, OrganisationSnapshot
from service.identity.tokens import PREFIX
from service.store import api_tokens, sessions

#: "Last seen" and "last used" are written no more often than this.
SESSION_COARSENESS = timedelta(minutes=1)
TOKEN_COARSENESS = timedelta(hours=1)
#: So far may the clocks of a database and of the one that takes its place be apart.
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, by which means, and the organisation as it was when they asked."""

    actor: Actor
    by: Literal["session", "token"]
    organisation: Organisation
    session_id: str = ""
    #: By the clock of the database, where the session was read for this request.
    at: datetime | None = None


def by_session(database: Database, snapshot: OrganisationSnapshot, session_id: str, idle: timedelta) -> Caller | None:
    """None when the session is unknown, over, idle for too long, or its person has left."""
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        found = sessions.find(work, kept(session_id))
        if found is None or found.expires_at <= work.now or found.seen_at + idle <= work.now:
            return None
        if found.created_at > work.now + SKEW:
            return None  # begun before the clock went back: it would last longer than a session may
        if not work.now - SESSION_COARSENESS < found.seen_at <= work.now:
            sessions.seen(work, kept(session_id))
    organisation = snapshot.at(found.organisation_version)
    actor = organisation.find_actor(found.person_id)
    return Caller(actor, "session", organisation, session_id, work.now) if actor else None


def by_token(database: Database, snapshot: OrganisationSnapshot, clear: str) -> Caller | None:
    """None when the token is unknown, expired, or its owner has left. It has the rights both it and its owner have."""
    if not clear.startswith(PREFIX) or len(clear) > 100:
        return None
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        found = api_tokens.find(work, kept(clear))
        if found is None or found.expires_at <= work.now:
            return None
        if found.last_used_at is None or not work.now - TOKEN_COARSENESS < found.last_used_at <= work.now:
            api_tokens.used(work, found.id)
    organisation = snapshot.at(found.organisation_version)
    actor = organisation.find_actor(found.person_id, found.rights)
    return Caller(actor, "token", organisation) if actor else None
