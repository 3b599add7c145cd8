"""The one place where a request finds out who asks; routes and pages only ask `current_actor()`.

Every route is closed unless its view says `@public`. A request that changes something and came with a cookie has to prove
that it came from a page of ours: its Origin is ours, and it carries the CSRF token of its session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Response, current_app, request

from engine.facts.actor import Actor
from engine.facts.sentences import Sentence
from engine.store import Database
from service.flask_application import Request, current_request
from service.identity import authentication, csrf, sign_in
from service.identity.authentication import Caller
from service.identity.organisation import Member
from service.identity.refusals import CrossSiteRequest, NotSignedIn
from service.identity.sign_in import Session
from service.identity.snapshot import OrganisationSnapshot
from service.identity.token_memory import TokenMemory
from service.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"
#: Where programs go. Pages are for people: a stolen token opens none of them.
TOKEN_PATHS = ("/api", "/metrics")

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Identity:
    """What finding out who asks needs; made once by service.app."""

    database: Database
    snapshot: OrganisationSnapshot
    settings: Settings
    tokens: TokenMemory

    @property
    def cookie(self) -> str:
        """With https the browser itself refuses to take the cookie from another host or path."""
        return "__Host-liuzhuan" if self.settings.is_https else "liuzhuan"


def public(view: View) -> View:
    """Marks a view that needs nobody signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def identity() -> Identity:
    return cast(Identity, current_app.extensions["liuzhuan.identity"])


def authenticate() -> None:
    """Before every request. An unknown address is left to the router, which answers 404."""
    asked = current_request()
    if asked.url_rule is None:
        return
    is_public = getattr(current_app.view_functions[asked.url_rule.endpoint], "is_public", False)
    asked.caller = caller = _caller(asked)
    if caller is None and not is_public:
        raise NotSignedIn
    if asked.method not in SAFE_METHODS and (caller is None or caller.by == "session"):
        _refuse_other_sites()
        if caller is not None and not is_public:
            _refuse_wrong_csrf_token(caller)


def find_caller() -> Caller | None:
    """As `authenticate` has found them."""
    caller: Caller | None = current_request().caller
    return caller


def find_actor() -> Actor | None:
    caller = find_caller()
    return caller.actor if caller else None


def current_actor() -> Actor:
    return current_caller().actor


def current_caller() -> Caller:
    caller = find_caller()
    if caller is None:
        raise NotSignedIn
    return caller


def current_member() -> Member:
    """The person asking, with position, roles and language."""
    caller = current_caller()
    return caller.organisation.members[caller.actor.id]


def csrf_token() -> str:
    """For the forms and the meta tag of a page; empty when nobody is signed in."""
    caller, asked = find_caller(), current_request()
    if caller and caller.session_id and not asked.csrf_token:
        asked.csrf_token = csrf.masked(identity().settings.secret_key, caller.session_id)
    return asked.csrf_token


def begin_session(account: str, password: str) -> Session:
    """Signs in; whatever session the browser had before is over."""
    end_session()
    ours = identity()
    lasts = timedelta(hours=ours.settings.session_hours)
    return sign_in.sign_in(ours.database, ours.snapshot, account, password, address=request.remote_addr or "", lasts=lasts)


def change_password(present: str, new: str) -> Session:
    """Of the person asking: whatever session they had is over, this one goes on."""
    ours = identity()
    lasts, address = timedelta(hours=ours.settings.session_hours), request.remote_addr or ""
    return sign_in.change_password(ours.database, current_actor().id, present, new, address=address, lasts=lasts)


def end_session() -> None:
    """Signs out on the server. Without a session nothing happens."""
    session_id = request.cookies.get(identity().cookie)
    if session_id:
        sign_in.sign_out(identity().database, session_id)


def csrf_token_of(session: Session) -> str:
    """The token of a session that has just begun."""
    return csrf.masked(identity().settings.secret_key, session.id)


def set_session_cookie(response: Response, session: Session) -> None:
    """Lax, so that a link in a mail still finds the person signed in."""
    ours = identity()
    response.set_cookie(
        ours.cookie, session.id, expires=session.expires_at, secure=ours.settings.is_https, httponly=True, samesite="Lax"
    )


def clear_session_cookie(response: Response) -> None:
    ours = identity()
    response.delete_cookie(ours.cookie, secure=ours.settings.is_https, httponly=True, samesite="Lax")


def _caller(asked: Request) -> Caller | None:
    """A token, when there is one, decides alone: a wrong one is not made up for by a cookie."""
    ours = identity()
    scheme, _, credential = asked.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not asked.path.startswith(TOKEN_PATHS):
            return None
        return _owner(ours, credential.strip())
    session_id = asked.cookies.get(ours.cookie)
    if not session_id:
        return None
    idle = timedelta(minutes=ours.settings.session_idle_minutes)
    return authentication.by_session(ours.database, ours.snapshot, session_id, idle)


def _owner(ours: Identity, token: str) -> Caller | None:
    caller = ours.tokens.find(token)
    if caller is None:
        caller = authentication.by_token(ours.database, ours.snapshot, token)
        if caller is not None:
            ours.tokens.keep(token, caller)
    return caller


def _refuse_other_sites() -> None:
    """Browsers send Origin with every request that changes something; a request without one is no browser's."""
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise CrossSiteRequest(why=Sentence("it came from another site."))
        return
    public_url = urlsplit(identity().settings.public_url)
    if origin not in (f"{public_url.scheme}://{public_url.netloc}", f"{request.scheme}://{request.host}"):
        raise CrossSiteRequest(why=Sentence("it came from another site."))


def _refuse_wrong_csrf_token(caller: Caller) -> None:
    given = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
    if not csrf.is_of(identity().settings.secret_key, caller.session_id, given):
        raise CrossSiteRequest(why=Sentence("its CSRF token is missing or belongs to an earlier session."))
