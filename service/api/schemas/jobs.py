"""Jobs: the work of service tasks, for operators to look at."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from engine.store.jobs import Status
from service.api.schemas.directions import Outgoing
from service.api.schemas.pages import PageQuery, page_of
from service.api.schemas.sentences import sentence


class JobQuery(PageQuery):
    """All that are given must fit."""

    process_instance_id = fields.UUID(load_default=None)
    status = fields.String(validate=validate.OneOf([*get_args(Status), "all"]), load_default="open")
    connector = fields.String(validate=validate.Length(1, 255), load_default=None)


class JobDetails(Outgoing):
    """`inputs` are left out: they may hold what only the connector should see."""

    id = fields.UUID()
    process_instance_id = fields.UUID()
    process_definition_id = fields.UUID(attribute="definition_id")
    element = fields.String()
    kind = fields.String()
    connector = fields.String()
    status = fields.String()
    retries = fields.Integer()
    attempts = fields.Integer()
    created_at = fields.DateTime()
    due_at = fields.DateTime()
    error = sentence("error", allow_none=True)


JobPage = page_of(JobDetails)
