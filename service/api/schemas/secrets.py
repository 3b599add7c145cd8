"""Secrets of connectors. A value goes in and never comes out."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import WRITE_ONLY, Incoming, Outgoing
from service.api.schemas.pages import page_of
from service.secrets.keeping import LONGEST, MOST_HOSTS, SHORTEST


class NewValue(Incoming):
    """`hosts`: the names of those it may be sent to, with a port where it is not 443 or 80; none: any."""

    value = fields.String(required=True, validate=validate.Length(SHORTEST, LONGEST), metadata=WRITE_ONLY)
    hosts = fields.List(
        fields.String(validate=validate.Length(1, 253)), load_default=list, validate=validate.Length(max=MOST_HOSTS)
    )


class SecretDetails(Outgoing):
    """`setBy` is the id of who entered the value last."""

    name = fields.String()
    hosts = fields.List(fields.String())
    set_at = fields.DateTime()
    set_by = fields.String()


SecretPage = page_of(SecretDetails)
