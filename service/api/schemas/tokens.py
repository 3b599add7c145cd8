"""API tokens as their owner sees them; the clear text is shown once."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import Incoming, Outgoing
from service.api.schemas.limits import whole
from service.api.schemas.pages import page_of
from service.identity.company import RIGHTS


class NewToken(Incoming):
    """Rights left out: work and start. `days`: how long it is valid."""

    name = fields.String(required=True, validate=validate.Length(1, 200))
    rights = fields.List(fields.String(validate=validate.OneOf(RIGHTS)), load_default=["work", "start"])
    days = whole(1, 3650, load_default=90)


class Token(Outgoing):
    """`lastUsedAt` is written at most once an hour."""

    id = fields.UUID()
    name = fields.String()
    rights = fields.List(fields.String())
    created_at = fields.DateTime()
    expires_at = fields.DateTime()
    last_used_at = fields.DateTime(allow_none=True)


TokenPage = page_of(Token)


class CreatedToken(Outgoing):
    """`token` is never shown again."""

    token = fields.String()
    details = fields.Nested(Token)
