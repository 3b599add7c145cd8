"""Messages and signals from outside."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import Incoming, Outgoing, Variables

#: Characters: a model may compute a long one.
LONGEST_KEY = 100_000


class Message(Incoming):
    """`correlationKey` says which waiting instance is meant; `eventId` makes a repetition harmless."""

    name = fields.String(required=True, validate=validate.Length(1, 255))
    correlation_key = fields.String(validate=validate.Length(1, LONGEST_KEY), load_default=None, allow_none=True)
    business_key = fields.String(validate=validate.Length(1, 255), load_default=None, allow_none=True)
    variables = Variables(load_default=dict)
    event_id = fields.String(validate=validate.Length(1, 200), load_default=None, allow_none=True)


class Signal(Incoming):
    """For everybody who waits for it."""

    name = fields.String(required=True, validate=validate.Length(1, 255))
    variables = Variables(load_default=dict)
    event_id = fields.String(validate=validate.Length(1, 200), load_default=None, allow_none=True)


class Correlated(Outgoing):
    """What became of it: delivered, started, or buffered until somebody waits for it."""

    result = fields.String()
    process_instance_id = fields.UUID(allow_none=True)
    is_repeated = fields.Boolean(metadata={"description": "The event id was seen before."})


class Thrown(Outgoing):
    """How many will receive it."""

    receivers = fields.Integer()
