"""Decisions and what they answer."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.directions import LIST_OF_OBJECTS, Incoming, Outgoing, Variables
from service.api.schemas.limits import whole
from service.api.schemas.pages import page_of


class DecisionDefinitionDetails(Outgoing):
    """One version of a decision."""

    id = fields.UUID()
    key = fields.String()
    version = fields.Integer()
    is_latest = fields.Boolean()
    name = fields.String()
    deployment_id = fields.UUID()
    deployed_at = fields.DateTime()


DecisionDefinitionPage = page_of(DecisionDefinitionDetails)


class Question(Incoming):
    """`variables` are the input data by name; `version` asks an older version than the newest."""

    variables = Variables(load_default=dict)
    version = whole(1, load_default=None, allow_none=True)


class Answer(Outgoing):
    """The value, every decision evaluated on the way with the rules that matched, and why anything became null."""

    value = fields.Raw(allow_none=True)
    trace = fields.List(fields.Dict())
    notes = fields.List(fields.Dict())


class DecisionAsked(Outgoing):
    """A decision that a business rule task asked: at which version of the process instance, where, and how it was answered."""

    version = fields.Integer()
    at = fields.DateTime()
    element = fields.String()
    decision = fields.String()
    trace = fields.Raw(metadata=LIST_OF_OBJECTS)


DecisionAskedPage = page_of(DecisionAsked)
