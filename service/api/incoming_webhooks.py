"""/webhooks/NAME: where other systems deliver. Nobody is signed in; the signature decides."""

from __future__ import annotations

from flask import Blueprint, Response, request

from engine.facts.sentences import Sentence
from service.api.language import language
from service.api.routes import json_response
from service.identity.current import public
from service.parts import current_parts
from service.sent_json import RequestTooLarge
from service.task_forms import start_reviews
from service.webhooks import receiving
from service.webhooks.receiving import Received

routes = Blueprint("incoming_webhooks", __name__)


@routes.post("/webhooks/<name>")
@public
def receive(name: str) -> Response:
    """200 once the event is applied; the same answer for each repeat of it."""
    parts = current_parts()
    largest = parts.settings.webhook_size
    if (request.content_length or 0) > largest:
        raise RequestTooLarge(why=Sentence("a delivery has at most {limit:,} bytes.", limit=largest))
    body = request.get_data(cache=False)
    if len(body) > largest:
        raise RequestTooLarge(why=Sentence("a delivery has at most {limit:,} bytes.", limit=largest))
    headers = {name.lower(): value for name, value in request.headers.items()}
    received = Received(headers, request.args.to_dict(), body)
    review = start_reviews(language)
    answer = receiving.receive(
        parts.opener(), parts.secrets, name, received, rates=parts.rates, per_minute=parts.settings.webhook_rate, review=review
    )
    return json_response(answer)
