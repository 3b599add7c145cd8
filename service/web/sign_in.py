"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.errors import Refusal
from service.identity.current import begin_session, clear_session_cookie, end_session, find_actor, public, set_session_cookie
from service.identity.openings import opens_to
from service.identity.refusals import SignInRefused, TooManyAttempts
from service.parts import current_parts
from service.web.addresses import inside
from service.web.errors import sentence_of

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@public
def form() -> AnyResponse:
    if find_actor() is not None:
        return redirect(inside(request.args.get("next")))
    return make_response(_page())


@blueprint.post("/sign-in")
@public
def enter() -> AnyResponse:
    """On with the page that was asked for; the same form again with the reason when it is refused."""
    account = request.form.get("account", "").strip()
    try:
        session = begin_session(account, request.form.get("password", ""))
    except (SignInRefused, TooManyAttempts) as refusal:
        return make_response(_page(account, refusal), 429 if isinstance(refusal, TooManyAttempts) else 401)
    response = make_response(redirect(inside(request.form.get("next"))))
    set_session_cookie(response, session)
    return response


@blueprint.post("/sign-out")
@opens_to("everybody")
def leave() -> AnyResponse:
    end_session()
    response = make_response(redirect(url_for("web.sign_in.form")))
    clear_session_cookie(response)
    return response


def _page(account: str = "", refusal: Refusal | None = None) -> str:
    return render_template(
        "sign_in.html",
        account=account,
        refusal=sentence_of(refusal) if refusal else "",
        next=request.values.get("next", ""),
        is_demo=current_parts().settings.is_demo,
    )
