"""Conditions that start processes."""

from __future__ import annotations

from marshmallow import fields, validate

from service.api.schemas.directions import Incoming, Outgoing, Variables
from service.api.schemas.process_instances import ProcessInstanceDetails


class Evaluation(Incoming):
    """The variables are those of the process instances; with `processDefinitionKey` only that process is asked."""

    variables = Variables(load_default=dict)
    business_key = fields.String(validate=validate.Length(1, 255), load_default=None, allow_none=True)
    key = fields.String(data_key="processDefinitionKey", validate=validate.Length(1, 255), load_default=None, allow_none=True)


class StartedByCondition(Outgoing):
    """The process instances that were started; none when no condition is true."""

    items = fields.List(fields.Nested(ProcessInstanceDetails))
