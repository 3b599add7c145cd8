"""User tasks: in lists, by themselves, and what is done with them."""

from __future__ import annotations

from typing import Any, get_args

from marshmallow import fields, validate

from engine.store.user_task_lists import Sort, View
from engine.store.user_tasks import Status
from service.api.schemas.directions import LIST_OF_OBJECTS, Incoming, Outgoing, Variables, camel_cased
from service.api.schemas.pages import PageQuery, page_of


class UserTaskQuery(PageQuery):
    """All that are given must fit. `view` is your own: mine, claimable, done."""

    status = fields.String(validate=validate.OneOf([*get_args(Status), "all"]), load_default="open")
    view = fields.String(validate=validate.OneOf(get_args(View)), load_default=None)
    process_instance_id = fields.UUID(load_default=None)
    process_definition_key = fields.String(attribute="key", validate=validate.Length(1, 255), load_default=None)
    assignee = fields.String(validate=validate.Length(1, 200), load_default=None)
    candidate_group = fields.String(
        validate=validate.Length(1, 420), load_default=None, metadata={"description": "Such as role:finance-specialist@finance."}
    )
    text = fields.String(
        validate=validate.Length(1, 200), load_default=None, metadata={"description": "In titles, numbers, names and summaries."}
    )
    due_from = fields.AwareDateTime(load_default=None)
    due_before = fields.AwareDateTime(load_default=None)
    has_due = fields.Boolean(load_default=None, metadata={"description": "False: those without a time limit."})
    least_priority = fields.Integer(validate=validate.Range(0, 2**31 - 1), load_default=None)
    sort = fields.String(validate=validate.OneOf(get_args(Sort)), load_default="created")


class _UserTask(Outgoing):
    id = fields.UUID()
    name = fields.String()
    name_en = fields.String()
    status = fields.String()
    element = fields.String()
    form = fields.String(allow_none=True)
    priority = fields.Integer()
    assignee = fields.String(allow_none=True)
    candidates = fields.List(fields.String())
    created_at = fields.DateTime()
    due_at = fields.DateTime(allow_none=True)
    completed_at = fields.DateTime(allow_none=True)
    completed_by = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    process_instance_id = fields.UUID()
    process_definition_id = fields.UUID(attribute="definition_id")
    summary = fields.Function(
        lambda task: camel_cased(task.summary),
        metadata={**LIST_OF_OBJECTS, "description": "What the model lists of the case: names and values."},
    )


class UserTaskItem(_UserTask):
    """A line of a list."""

    process_definition_key = fields.String(attribute="key")
    title = fields.String()
    business_key = fields.String(allow_none=True)
    initiator = fields.String()
    steps_done = fields.Integer(metadata={"description": "How many user tasks of the case people have completed."})


UserTaskPage = page_of(UserTaskItem)


def _fact(name: str, default: Any) -> Any:
    return lambda task: task.facts.get(name) or default


def _facts(name: str) -> Any:
    return lambda task: camel_cased(task.facts.get(name) or ())


class UserTaskDetails(_UserTask):
    """One user task, with what its page needs."""

    comment = fields.String(allow_none=True)
    documentation = fields.Function(_fact("documentation", ""), metadata={"type": "string"})
    outcomes = fields.Function(_facts("outcomes"), metadata=LIST_OF_OBJECTS)
    fields_ = fields.Function(_facts("fields"), data_key="fields", metadata=LIST_OF_OBJECTS)
    comment_rule = fields.Function(_fact("comment", "optional"), metadata={"type": "string"})
    why = fields.Function(_facts("why"), metadata={**LIST_OF_OBJECTS, "description": "How its people were found."})
    draft = fields.Raw(allow_none=True, metadata={"type": "object"})
    draft_comment = fields.String(allow_none=True)


class Assignment(Incoming):
    """Who gets the task."""

    person = fields.String(required=True, validate=validate.Length(1, 64))


class Draft(Incoming):
    """What is filled in so far, the opinion too; `variables` null forgets both."""

    variables = Variables(required=True, allow_none=True)
    comment = fields.String(validate=validate.Length(max=4000), load_default=None, allow_none=True)


class Completion(Incoming):
    """The values of the form, the button pressed, and a comment."""

    variables = Variables(load_default=dict)
    outcome = fields.String(validate=validate.Length(1, 255), load_default=None, allow_none=True)
    comment = fields.String(validate=validate.Length(max=4000), load_default=None, allow_none=True)
    attachments = fields.List(
        fields.UUID(), load_default=list, metadata={"description": "Ids of files added before, named by the values of the form."}
    )


class Completed(Outgoing):
    """Where the process stands after the step; `dropped` names values that the task may not write."""

    process_instance_id = fields.UUID()
    status = fields.String()
    dropped = fields.List(fields.String())


class FormShown(Outgoing):
    """A form-js schema as this task may see it, and the values it shows."""

    key = fields.String()
    form_schema = fields.Raw(data_key="schema", attribute="schema", metadata={"type": "object"})
    values = fields.Raw(metadata={"type": "object"})
