"""Webhook endpoints and their deliveries. The secret goes in and never comes out."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from service.api.schemas.directions import WRITE_ONLY, Incoming, Outgoing
from service.api.schemas.pages import page_of
from service.api.schemas.sentences import sentence
from service.store.webhook_deliveries import WebhookDelivery
from service.store.webhook_endpoints import Effect, Style

EXPRESSION = {"description": "FEEL over body, headers, query."}


def _expression() -> fields.String:
    return fields.String(validate=validate.Length(max=10_000), load_default="", metadata=EXPRESSION)


class Endpoint(Incoming):
    """`target`: the key of the process, or the name of the message or signal. A change without `secret` keeps the old one."""

    name = fields.String(required=True, validate=validate.Regexp(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$"))
    style = fields.String(required=True, validate=validate.OneOf(get_args(Style)))
    secret = fields.String(validate=validate.Length(1, 500), load_default=None, metadata=WRITE_ONLY)
    effect = fields.String(required=True, validate=validate.OneOf(get_args(Effect)))
    target = fields.String(required=True, validate=validate.Length(1, 200))
    variables = _expression()
    business_key = _expression()
    correlation_key = _expression()
    event_id = _expression()
    acts_as = fields.String(validate=validate.Length(1, 64), load_default=None, allow_none=True)
    is_enabled = fields.Boolean(load_default=True)


class EndpointDetails(Outgoing):
    """Deliveries that were not signed as agreed are only counted."""

    id = fields.UUID()
    name = fields.String()
    style = fields.String()
    effect = fields.String()
    target = fields.String()
    variables = fields.String()
    business_key = fields.String()
    correlation_key = fields.String()
    event_id = fields.String()
    acts_as = fields.String(allow_none=True)
    is_enabled = fields.Boolean()
    created_at = fields.DateTime()
    created_by = fields.String()
    refused_count = fields.Integer()
    refused_at = fields.DateTime(allow_none=True)
    refused_why = sentence("refused_why", allow_none=True)


EndpointPage = page_of(EndpointDetails)


def _text(delivery: WebhookDelivery) -> str:
    return delivery.body.decode(errors="replace")


class DeliveryDetails(Outgoing):
    """`answer` is what the sender was told; `sentence` says why it failed."""

    id = fields.UUID()
    event_id = fields.String()
    received_at = fields.DateTime()
    status = fields.String()
    headers = fields.Raw(metadata={"type": "object"})
    query = fields.Raw(metadata={"type": "object"})
    body = fields.Function(_text, metadata={"type": "string"})
    answer = fields.Raw(allow_none=True, metadata={"type": "object"})
    sentence = sentence("sentence")
    process_instance_id = fields.UUID(allow_none=True)
    replay_of = fields.UUID(allow_none=True)


DeliveryPage = page_of(DeliveryDetails)


class Sample(Incoming):
    """A delivery made up to see what it would mean."""

    body = fields.Raw(load_default=None, allow_none=True)
    headers = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)
    query = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class Meaning(Outgoing):
    """What the delivery would mean; nothing happened."""

    variables = fields.Raw(metadata={"type": "object"})
    business_key = fields.String(allow_none=True)
    correlation_key = fields.String(allow_none=True)
    event_id = fields.String()


class DeliveryAnswer(Outgoing):
    """What the sender is told."""

    id = fields.String()
    process_instance_id = fields.String(allow_none=True)
