"""Incidents: what nobody foresaw, waiting for a repair."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import Outgoing
from service.api.schemas.pages import PageQuery, page_of
from service.api.schemas.sentences import sentence


class IncidentQuery(PageQuery):
    """All that are given must fit."""

    status = fields.String(validate=validate.OneOf(["open", "all"]), load_default="open")
    process_instance_id = fields.UUID(load_default=None)


class IncidentDetails(Outgoing):
    """`count`: how often it has happened."""

    id = fields.UUID()
    process_instance_id = fields.UUID()
    process_definition_id = fields.UUID(attribute="definition_id")
    element = fields.String()
    kind = fields.String()
    cause = sentence("cause")
    count = fields.Integer()
    created_at = fields.DateTime()
    last_at = fields.DateTime()
    resolved_at = fields.DateTime(allow_none=True)
    resolved_by = fields.String(allow_none=True)


IncidentPage = page_of(IncidentDetails)
