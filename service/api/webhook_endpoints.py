"""Setting up incoming webhooks, and the log of what they delivered. Needs the right to administer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Response

from engine.facts.sentences import Sentence
from engine.store.paging import Page, page_of
from service.api.idempotency import REPEATABLE, once
from service.api.language import language
from service.api.refusals import FieldProblem, RequestRefused
from service.api.routes import Routes, json_response
from service.api.schemas.pages import PageQuery
from service.api.schemas.webhook_endpoints import (
    DeliveryAnswer,
    DeliveryPage,
    Endpoint,
    EndpointDetails,
    EndpointPage,
    Meaning,
    Sample,
)
from service.identity.openings import opens_to
from service.parts import current_parts
from service.store.webhook_deliveries import WebhookDelivery
from service.store.webhook_endpoints import WebhookEndpoint
from service.task_forms import start_reviews
from service.unit_of_work import unit_of_work
from service.webhooks import endpoints, receiving
from service.webhooks.endpoints import Wanted
from service.webhooks.mapping import Meant

routes = Routes(
    "webhook endpoints", __name__, url_prefix="/webhook-endpoints", description="Who may deliver events, and what they do."
)

_DETAILS = EndpointDetails()
EXAMPLE = {"name": "crm", "style": "liuzhuan", "secret": "…", "effect": "message", "target": "lead-received"}


@routes.get("")
@opens_to("administer")
@routes.query(PageQuery)
@routes.answers(200, EndpointPage)
def list_(query: dict[str, Any]) -> Page[WebhookEndpoint]:
    """All of them, by name."""
    with unit_of_work() as work:
        return page_of(endpoints.list_(work), lambda endpoint: (endpoint.name,), **query)


@routes.post("")
@opens_to("administer")
@routes.body(
    Endpoint, example={"name": "crm", "style": "liuzhuan", "secret": "…", "effect": "message", "target": "lead-received"}
)
@routes.describes(**REPEATABLE)
@routes.answers(201, EndpointDetails)
def create(body: dict[str, Any]) -> Response:
    """A new one; deliveries go to /webhooks/NAME."""
    secret = body.pop("secret")
    if secret is None:
        problem = FieldProblem(
            "required", Sentence("Missing data for required field."), "secret", fix=Sentence("Let the sender make a random one.")
        )
        raise RequestRefused(problems=(problem,), count=1)
    with unit_of_work() as work:
        return once(work, lambda: _DETAILS.dump(endpoints.create(work, current_parts().secrets, Wanted(**body), secret)), 201)


@routes.get("/<uuid:id>")
@opens_to("administer")
@routes.answers(200, EndpointDetails)
def get(id: uuid.UUID) -> WebhookEndpoint:
    """One of them."""
    with unit_of_work() as work:
        return endpoints.get(work, id)


@routes.put("/<uuid:id>")
@opens_to("administer")
@routes.body(Endpoint)
@routes.answers(200, EndpointDetails)
def change(body: dict[str, Any], id: uuid.UUID) -> WebhookEndpoint:
    """Describes it anew."""
    secret = body.pop("secret")
    with unit_of_work() as work:
        return endpoints.change(work, current_parts().secrets, endpoints.get(work, id), Wanted(**body), secret)


@routes.delete("/<uuid:id>")
@opens_to("administer")
@routes.answers(204)
def delete(id: uuid.UUID) -> None:
    """With the log of its deliveries."""
    with unit_of_work() as work:
        endpoints.delete(work, id)


@routes.post("/<uuid:id>/try")
@opens_to("administer")
@routes.body(Sample, example={"body": {"customer": "新华贸易"}, "headers": {}, "query": {}})
@routes.answers(200, Meaning)
def try_out(body: dict[str, Any], id: uuid.UUID) -> Meant:
    """What such a delivery would mean; nothing happens."""
    with unit_of_work() as work:
        return endpoints.try_out(work, id, body["body"], body["headers"], body["query"])


@routes.get("/<uuid:id>/deliveries")
@opens_to("administer")
@routes.query(PageQuery)
@routes.answers(200, DeliveryPage)
def deliveries(query: dict[str, Any], id: uuid.UUID) -> Page[WebhookDelivery]:
    """Newest first."""
    with unit_of_work() as work:
        return endpoints.deliveries(work, endpoints.get(work, id), **query)


@routes.post("/<uuid:id>/deliveries/<uuid:delivery_id>/replay")
@opens_to("administer")
@routes.answers(200, DeliveryAnswer)
def replay(id: uuid.UUID, delivery_id: uuid.UUID) -> Response:
    """A delivery that failed, once more, with the endpoint as it is set up now."""
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
        failed = endpoints.delivery(work, endpoint, delivery_id)
    review = start_reviews(language)
    answer: Mapping[str, Any] = receiving.replay(current_parts().opener(), endpoint, failed, review=review)
    return json_response(answer)
