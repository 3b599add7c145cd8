"""Sign in, sign out, who am I."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response

from engine.facts.actor import Actor
from service.api.routes import Routes, json_response
from service.api.schemas.sessions import Signed, SignIn
from service.identity import current
from service.identity.current import identity, public
from service.identity.openings import opens_to
from service.identity.refusals import NotSignedIn

routes = Routes("session", __name__, description="Who is signed in.")


@dataclass(frozen=True, slots=True)
class _Signed:
    actor: Actor
    csrf_token: str
    expires_at: datetime | None = None

    @property
    def person_id(self) -> str:
        return self.actor.id

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def department(self) -> str | None:
        return self.actor.department

    @property
    def rights(self) -> list[str]:
        return sorted(self.actor.rights)

    @property
    def groups(self) -> list[str]:
        return sorted(self.actor.groups)


@routes.post("/session")
@public
@routes.body(SignIn, example={"account": "li.na", "password": "…"})
@routes.answers(200, Signed)
def sign_in(body: dict[str, Any]) -> Response:
    """Sign in: sets the session cookie."""
    session = current.begin_session(body["account"], body["password"])
    actor = identity().snapshot.current().find_actor(session.person_id)
    if actor is None:
        raise NotSignedIn
    signed = _Signed(actor, current.csrf_token_of(session), session.expires_at)
    response = json_response(Signed().dump(signed))
    current.set_session_cookie(response, session)
    return response


@routes.get("/session")
@opens_to("everybody")
@routes.answers(200, Signed)
def get() -> _Signed:
    """Who is asking, and with which rights."""
    return _Signed(current.current_actor(), current.csrf_token())


@routes.delete("/session")
@opens_to("everybody")
@routes.answers(204)
def sign_out() -> Response:
    """Sign out: the session is over on the server too."""
    current.end_session()
    response = Response(status=204)
    current.clear_session_cookie(response)
    return response
