"""What people choose for themselves: language, theme, API tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.actor import Right
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from service.identity import tokens
from service.identity.current import current_actor, current_member, identity, public
from service.identity.openings import opens_to
from service.parts import current_parts
from service.unit_of_work import unit_of_work
from service.web.addresses import inside
from service.web.languages import COOKIE as LANGUAGE_COOKIE
from service.web.languages import LANGUAGES
from service.web.static_files import FOR_EVER
from service.web.themes import COOKIE as THEME_COOKIE
from service.web.themes import THEMES

#: How long a token may be asked to last, in days.
DAYS = (30, 90, 365)

blueprint = Blueprint("profile", __name__)


@blueprint.get("/profile")
@opens_to("everybody")
def show() -> str:
    return _page()


@blueprint.post("/profile/language")
@public
def choose_language() -> AnyResponse:
    return _keep(LANGUAGE_COOKIE, request.form.get("language", ""), tuple(LANGUAGES))


@blueprint.post("/profile/theme")
@public
def choose_theme() -> AnyResponse:
    return _keep(THEME_COOKIE, request.form.get("theme", ""), THEMES)


@blueprint.post("/profile/tokens")
@opens_to("everybody")
def create_token() -> str:
    """The page once more, with the token in clear: it is never shown again."""
    name = request.form.get("name", "").strip()
    days = request.form.get("days", type=int)
    if not name or len(name) > 100 or days not in DAYS:
        raise Invalid(why=Sentence("a token needs a name of at most 100 characters and one of the offered spans."))
    lasts = timedelta(days=min(days, current_parts().settings.token_days))
    with unit_of_work() as work:
        _, clear = tokens.create(work, current_actor(), name, cast(list[Right], request.form.getlist("rights")), lasts)
    return _page(clear)


@blueprint.post("/profile/tokens/<uuid:id>/delete")
@opens_to("everybody")
def delete_token(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        tokens.delete(work, current_actor(), id)
    identity().tokens.forget()
    flash(gettext("The token is deleted; it opens nothing any more."), "success")
    return redirect(url_for("web.profile.show"))


def _page(clear_token: str = "") -> str:
    with unit_of_work() as work:
        mine = tokens.list_(work, current_actor())
    rights = [right for right in ("work", "start", "design", "operate", "administer") if current_actor().may(right)]
    return render_template(
        "profile.html", member=current_member(), tokens=mine, clear_token=clear_token, rights=rights, days=DAYS
    )


def _keep(cookie: str, value: str, allowed: tuple[str, ...]) -> AnyResponse:
    """Remember a choice on this device and go back to where it was made."""
    if value not in allowed:
        raise Invalid(why=Sentence("there is no such choice."))
    response = make_response(redirect(inside(request.form.get("back"))))
    response.set_cookie(cookie, value, max_age=FOR_EVER, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
