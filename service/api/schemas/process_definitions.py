"""Process definitions and deployments."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.language import in_words
from service.api.schemas.directions import LIST_OF_OBJECTS, Incoming, Outgoing
from service.api.schemas.pages import PageQuery, page_of


class ProcessDefinitionQuery(PageQuery):
    """`startable`: only those you may start."""

    key = fields.String(validate=validate.Length(1, 255), load_default=None)
    startable = fields.Boolean(load_default=False)


class ProcessDefinitionDetails(Outgoing):
    """One version of a process."""

    id = fields.UUID()
    key = fields.String()
    version = fields.Integer()
    is_latest = fields.Boolean()
    name = fields.String()
    name_en = fields.String()
    area = fields.String()
    start_form = fields.String(attribute="facts.start_form", allow_none=True)
    deployment_id = fields.UUID()
    deployed_at = fields.DateTime()


ProcessDefinitionPage = page_of(ProcessDefinitionDetails)


class DecisionDetails(Outgoing):
    """One version of a decision."""

    id = fields.UUID()
    key = fields.String()
    version = fields.Integer()
    name = fields.String()


class FormDetails(Outgoing):
    """One version of a form."""

    id = fields.UUID()
    key = fields.String()
    version = fields.Integer()


class Files(Incoming):
    """multipart/form-data: one or more `files` (.bpmn, .dmn, .form.json) and a `name` for the deployment."""

    name = fields.String()
    files = fields.List(fields.Raw(metadata={"type": "string", "format": "binary"}), required=True)


class DeploymentDetails(Outgoing):
    """What there is now: new versions, or the ones that were the same already."""

    id = fields.UUID()
    name = fields.String()
    deployed_at = fields.DateTime()
    definitions = fields.List(fields.Nested(ProcessDefinitionDetails))
    decisions = fields.List(fields.Nested(DecisionDetails))
    forms = fields.List(fields.Nested(FormDetails))
    warnings = fields.Function(
        lambda deployment: [problem.as_json(in_words) for problem in deployment.warnings], metadata=LIST_OF_OBJECTS
    )
