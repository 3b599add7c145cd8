"""API tokens `lz_…`: what programs sign in with, never with more rights than their owner has."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from engine.facts.actor import Actor, Right
from engine.facts.errors import Invalid, NotFound
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.facts.values import checked_text
from engine.store.unit_of_work import UnitOfWork
from service.identity.hashing import kept, random_secret
from service.store import api_tokens
from service.store.api_tokens import ApiToken

PREFIX = "lz_"
#: One person needs no more; a loop that makes tokens stops.
MOST = 100


class TokenRefused(Invalid):
    """The token cannot be made: {why}."""


def create(work: UnitOfWork, owner: Actor, name: str, rights: Sequence[Right], lasts: timedelta) -> tuple[ApiToken, str]:
    """The token and its clear text, which is shown once."""
    beyond = [right for right in rights if not owner.may(right)]
    if beyond:
        raise TokenRefused(why=Sentence("you do not have the right to {rights} yourself.", rights=", ".join(beyond)))
    if len(api_tokens.of(work, owner.id)) >= MOST:
        raise TokenRefused(why=Sentence("you have {most} already. Delete one you no longer use.", most=MOST))
    checked_text(name, Sentence("the name of the token"), most=api_tokens.LONGEST_NAME)
    clear = PREFIX + random_secret()
    token = ApiToken(new_id(work.now), owner.id, name, tuple(sorted(set(rights))), work.now, work.now + lasts, None)
    api_tokens.add(work, token, kept(clear))
    return token, clear


def list_(work: UnitOfWork, owner: Actor) -> Sequence[ApiToken]:
    return api_tokens.of(work, owner.id)


def delete(work: UnitOfWork, owner: Actor, id: uuid.UUID) -> None:
    """From now on the token opens nothing; a process that remembers its owner has to forget."""
    if not api_tokens.remove(work, id, owner.id):
        raise NotFound(kind=Sentence("API token"), id=str(id))
