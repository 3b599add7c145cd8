"""Process instances: start, lists, details, history, tokens."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from engine.people.records import Action, Entry
from engine.store.process_instances import Status
from service.api.schemas.attachments import AttachmentDetails
from service.api.schemas.directions import LIST_OF_OBJECTS, Incoming, Outgoing, Variables
from service.api.schemas.limits import Moment, whole
from service.api.schemas.pages import PageQuery, page_of


class Start(Incoming):
    """Values for the start form, or plain variables when there is none; `version` asks for an earlier version."""

    variables = Variables(load_default=dict)
    business_key = fields.String(validate=validate.Length(1, 255), load_default=None, allow_none=True)
    version = whole(1, load_default=None, allow_none=True)
    attachments = fields.List(
        fields.UUID(), load_default=list, metadata={"description": "Ids of files added before, named by the values of the form."}
    )


class ProcessInstanceQuery(PageQuery):
    """All that are given must fit."""

    process_definition_key = fields.String(attribute="key", validate=validate.Length(1, 255), load_default=None)
    process_definition_id = fields.UUID(attribute="definition_id", load_default=None)
    status = fields.String(validate=validate.OneOf(get_args(Status)), load_default=None)
    open = fields.Boolean(attribute="is_open", load_default=None)
    initiator = fields.String(validate=validate.Length(1, 200), load_default=None)
    business_key = fields.String(validate=validate.Length(1, 255), load_default=None)
    with_incidents = fields.Boolean(load_default=False)
    text = fields.String(validate=validate.Length(1, 200), load_default=None)
    element = fields.String(
        validate=validate.Length(1, 255),
        load_default=None,
        metadata={"description": "Something is open at this element."},
    )
    started_from = Moment(load_default=None)
    started_before = Moment(load_default=None)


class ProcessInstanceDetails(Outgoing):
    """`version` counts the changes."""

    id = fields.UUID()
    process_definition_id = fields.UUID(attribute="definition_id")
    process_definition_key = fields.String(attribute="key")
    business_key = fields.String(allow_none=True)
    title = fields.String()
    status = fields.String()
    outcome = fields.String(allow_none=True)
    version = fields.Integer()
    initiator = fields.String()
    initiator_department = fields.String(allow_none=True)
    started_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    has_incidents = fields.Boolean()


ProcessInstancePage = page_of(ProcessInstanceDetails)


class Cancellation(Incoming):
    """Why, in a sentence."""

    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class Reason(Incoming):
    """Why, in a sentence, for the history."""

    reason = fields.String(validate=validate.Length(max=2000), load_default="")


class VariableChange(Incoming):
    """Values by name; names that are not given stay as they are."""

    variables = Variables(required=True)


class TransitionDetails(Outgoing):
    """Who did what, and everything that followed."""

    version = fields.Integer()
    at = fields.DateTime()
    actor = fields.String()
    verb = fields.String()
    element = fields.String(allow_none=True)
    events = fields.Raw(metadata=LIST_OF_OBJECTS)


TransitionPage = page_of(TransitionDetails)


class TokenDetails(Outgoing):
    """Where the process is: one element instance."""

    token = fields.Integer()
    element = fields.String()
    process_definition_id = fields.String(attribute="definition")
    kind = fields.String()
    state = fields.String()
    scope = fields.Integer(metadata={"description": "The token that opened the scope around it, 0 outside."})


TokenPage = page_of(TokenDetails)


def _seconds(entry: Entry) -> float | None:
    return None if entry.spent is None else entry.spent.total_seconds()


class RecordEntry(Outgoing):
    """One line of the approval record. `person` did it; of a waiting task it is who has it, `candidates` who could take it."""

    version = fields.Integer(metadata={"description": "The one the process instance got by it."})
    at = fields.DateTime()
    action = fields.String(validate=validate.OneOf(get_args(Action)))
    person = fields.String(allow_none=True)
    element = fields.String(allow_none=True)
    name = fields.String()
    name_en = fields.String()
    outcome = fields.String(allow_none=True)
    outcome_name = fields.String()
    outcome_name_en = fields.String()
    comment = fields.String(allow_none=True)
    seconds = fields.Function(_seconds, metadata={"type": ["number", "null"], "description": "It took, or has been waiting."})
    due_at = fields.DateTime(allow_none=True)
    candidates = fields.List(fields.String())
    user_task_id = fields.UUID(allow_none=True)
    attachments = fields.List(fields.Nested(AttachmentDetails))


RecordPage = page_of(RecordEntry)
