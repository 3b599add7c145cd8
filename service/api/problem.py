"""Every way an error leaves the service as JSON: one shape, RFC 9457 `application/problem+json`.

`code, title, status, detail, errors[{field | where, rule, value?, sentence, line?, fix?}]`, and `reference` for our faults.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from engine.facts.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, ProcessInstanceChanged, Refusal, Unavailable
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence, verbatim
from service.api.language import in_words
from service.api.refusals import WrongContentType
from service.identity.refusals import NotSignedIn, SignInRefused, TooManyAttempts
from service.sent_json import NotJson, RequestTooLarge
from service.webhooks.receiving import TooManyDeliveries

log = logging.getLogger("service.errors")

#: Leaves first, then the five families.
STATUS: Mapping[type[Refusal], int] = {
    NotJson: 400,
    NotSignedIn: 401,
    SignInRefused: 401,
    RequestTooLarge: 413,
    WrongContentType: 415,
    TooManyAttempts: 429,
    TooManyDeliveries: 429,
    ProcessInstanceChanged: 412,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 422,
    Unavailable: 503,
}


def status_of(refusal: Refusal) -> int:
    return next(status for family, status in STATUS.items() if isinstance(refusal, family))


def problem(
    status: int,
    code: str,
    detail: Sentence,
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """The one shape."""
    body = {"code": code, "title": HTTPStatus(status).phrase, "status": status, "detail": in_words(detail), **more}
    body["errors"] = [each.as_json(in_words) for each in problems]
    return Response(json_text(body), status, headers, content_type="application/problem+json")


def of_refusal(refusal: Refusal) -> Response:
    """A verb, or the API itself, said no."""
    status = status_of(refusal)
    headers = {}
    if status in (429, 503):
        headers["Retry-After"] = str(refusal.values.get("seconds", 1))
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, refusal.code, refusal.sentence, refusal.problems, headers)


def of_http_exception(error: HTTPException) -> Response:
    """The router or werkzeug said no: nothing of the request is echoed."""
    status = error.code or 500
    if error.response is not None and status < 400:
        return Response(status=status, headers=error.get_headers())
    code = HTTPStatus(status).name.lower()
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    said = _SENTENCES.get(status) or (verbatim(error.description) if error.description else Sentence("The request failed."))
    return problem(status, code, said, headers=headers)


def of_exception(error: Exception) -> Response:
    """Our bug. The caller gets a number, the log gets the stack under the same number."""
    reference = secrets.token_hex(6)
    log.error("unexpected error", exc_info=error, extra={"reference": reference, "method": request.method, "path": request.path})
    detail = Sentence("Something went wrong on our side. Please report the reference number {reference}.", reference=reference)
    return problem(500, "internal_error", detail, reference=reference)


_SENTENCES = {
    400: Sentence("The request could not be understood."),
    404: Sentence("There is nothing at this address. The API is described at /api."),
    405: Sentence("This address does not take this method; the header Allow names those it takes."),
    408: Sentence("The body of the request did not arrive in time; send it again."),
    413: Sentence("The request is too large."),
    415: Sentence("The body is of a type this address does not take."),
    503: Sentence("Too much is being sent to the service at the same time; try again in a moment."),
}
