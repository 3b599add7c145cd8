"""API tokens of the person who is signed in. A token cannot make tokens: a stolen one would live on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.facts.errors import NotAllowed
from engine.store.paging import Page, page_of
from service.api.routes import Routes
from service.api.schemas.pages import PageQuery
from service.api.schemas.tokens import CreatedToken, NewToken, TokenPage
from service.identity import tokens
from service.identity.current import current_caller, identity
from service.identity.openings import opens_to
from service.store.api_tokens import ApiToken
from service.unit_of_work import unit_of_work

routes = Routes("tokens", __name__, description="What programs sign in with.")


@dataclass(frozen=True, slots=True)
class _Created:
    token: str
    details: ApiToken


class NotWithToken(NotAllowed):
    """API tokens are managed by people who are signed in, not by a token. Sign in, then try again."""


@routes.get("/tokens")
@opens_to("everybody", tokens=False)
@routes.query(PageQuery)
@routes.answers(200, TokenPage)
def list_(query: dict[str, Any]) -> Page[ApiToken]:
    """Your tokens, oldest first."""
    _only_signed_in()
    with unit_of_work() as work:
        return page_of(tokens.list_(work, work.actor), lambda token: (str(token.id),), **query)


@routes.post("/tokens")
@opens_to("everybody", tokens=False)
@routes.body(NewToken, example={"name": "CRM", "rights": ["start"], "days": 90})
@routes.answers(201, CreatedToken)
def create(body: dict[str, Any]) -> _Created:
    """A new token; its clear text is shown this once."""
    _only_signed_in()
    lasts = timedelta(days=min(body["days"], identity().settings.token_days))
    with unit_of_work() as work:
        token, clear = tokens.create(work, work.actor, body["name"], body["rights"], lasts)
    return _Created(clear, token)


@routes.delete("/tokens/<uuid:id>")
@opens_to("everybody", tokens=False)
@routes.answers(204)
def delete(id: uuid.UUID) -> None:
    """The token opens nothing any more."""
    _only_signed_in()
    with unit_of_work() as work:
        tokens.delete(work, work.actor, id)
    identity().tokens.forget()


def _only_signed_in() -> None:
    if current_caller().by != "session":
        raise NotWithToken
