"""Changing one's own password; who has forgotten it asks an administrator."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.errors import Invalid, Refusal
from engine.facts.sentences import Sentence
from service.identity import current
from service.identity.openings import opens_to
from service.identity.passwords import LONGEST, SHORTEST, PasswordRefused
from service.identity.refusals import PresentPasswordWrong, TooManyAttempts
from service.web.errors import sentence_of

blueprint = Blueprint("password", __name__)


@blueprint.get("/profile/password")
@opens_to("everybody")
def form() -> str:
    return _page()


@blueprint.post("/profile/password")
@opens_to("everybody")
def change() -> AnyResponse | tuple[str, int]:
    """The session goes on under another id; all others are over."""
    present, new, again = (request.form.get(field, "") for field in ("present", "new", "again"))
    try:
        if new != again:
            raise PasswordRefused(why=Sentence("it is typed differently the second time"))
        session = current.change_password(present, new)
    except (Invalid, TooManyAttempts) as refusal:
        return _page(refusal), 429 if isinstance(refusal, TooManyAttempts) else 422
    response = make_response(redirect(url_for("web.profile.show")))
    current.set_session_cookie(response, session)
    flash(gettext("The password is changed. Wherever else you were signed in, you are signed out."), "success")
    return response


def _page(refusal: Refusal | None = None) -> str:
    """Nothing that was typed comes back."""
    return render_template(
        "password.html",
        refusal=sentence_of(refusal) if refusal else "",
        wrong="present" if isinstance(refusal, PresentPasswordWrong) else "new" if isinstance(refusal, PasswordRefused) else "",
        least=SHORTEST,
        most=LONGEST,
    )
