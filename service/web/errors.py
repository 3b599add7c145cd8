"""What a person sees when something was refused or went wrong: a sentence, what to do now, and where a number helps, a number."""

from __future__ import annotations

import logging
import secrets
from dataclasses import asdict

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, Refusal, Unavailable
from engine.facts.sentences import filled
from service.identity.refusals import NotSignedIn
from service.web.formats import moment
from service.web.languages import translated
from service.web.people import person_name

log = logging.getLogger(__name__)

#: Family of refusals → HTTP status, in the order of the engine's error module.
STATUSES = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422, Unavailable: 503}


def show_errors(blueprint: Blueprint) -> None:
    """Give every page of the blueprint its error pages."""
    blueprint.register_error_handler(NotSignedIn, ask_to_sign_in)
    blueprint.register_error_handler(Refusal, refused)
    blueprint.register_error_handler(HTTPException, not_understood)
    blueprint.register_error_handler(Exception, failed)


def ask_to_sign_in(_: Exception) -> AnyResponse:
    """To the sign-in page, and back here afterwards when this was a page and not a form or a script's request."""
    if wants_json():
        return _answer(401, gettext("You are not signed in any more. Reload the page and sign in."))
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("web.sign_in.form", next=back if back != "/" else None))


def refused(refusal: Refusal) -> Response:
    status = next(status for family, status in STATUSES.items() if isinstance(refusal, family))
    return _answer(status, sentence_of(refusal), refusal.problems)


def not_understood(error: HTTPException) -> Response:
    """A wrong address, method or form: werkzeug's own refusals."""
    status = error.code or 500
    sentences = {
        404: gettext("There is no such page. It may have moved, or the address is mistyped."),
        405: gettext("This address cannot be used that way. Go back and try again."),
        408: gettext("What you sent did not arrive in time. Try again."),
        413: gettext("What you sent is too large."),
        503: gettext("Too much is being sent to the service at the same time. Try again in a moment."),
    }
    return _answer(
        status, sentences.get(status) or gettext("The request could not be understood. Go back, reload the page and try again.")
    )


def failed(error: Exception) -> Response:
    """Our own fault: the stack goes to the log under a number, the number to the person."""
    number = secrets.token_hex(4)
    log.exception("Request failed, reference %s: %s %s", number, request.method, request.path)
    sentence = gettext(
        "Something went wrong on our side. Nothing was changed. Try again; if it happens again, "
        "tell the administrator the number %(number)s.",
        number=number,
    )
    return _answer(500, sentence)


def not_found_page() -> Response:
    """For an address no part of the service knows."""
    return _answer(404, gettext("There is no such page. It may have moved, or the address is mistyped."))


def sentence_of(refusal: Refusal) -> str:
    """The refusal's sentence in the language of the page, with the names of people and moments as people write them."""
    return translated(filled(refusal.template, {name: _shown(name, value) for name, value in refusal.values.items()}))


def _shown(name: str, value: object) -> object:
    if name == "by" and isinstance(value, str):
        return person_name(value)
    if name == "at" and value:
        return moment(str(value)).striptags()
    return value


def wants_json() -> bool:
    """Our scripts ask for JSON; browsers ask for pages."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _answer(status: int, sentence: str, problems: tuple[Problem, ...] = ()) -> Response:
    if wants_json():
        return make_response(jsonify(detail=sentence, problems=[problem_as_json(each) for each in problems]), status)
    page = "error_fragment.html" if request.headers.get("HX-Request") else "error.html"
    return make_response(render_template(page, status=status, sentence=sentence, problems=problems), status)


def problem_as_json(problem: Problem) -> dict[str, object]:
    return {**asdict(problem), "sentence": translated(problem.sentence), "fix": translated(problem.fix)}
