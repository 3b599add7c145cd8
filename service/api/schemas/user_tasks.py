"""User tasks: in lists, by themselves, and what is done with them."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from engine.facts.user_task_facts import Access, CommentRule, Style
from engine.store.user_task_lists import Sort, View
from engine.store.user_tasks import Status
from service.api.schemas.directions import LIST_OF_OBJECTS, Incoming, Outgoing, Variables, camel_cased
from service.api.schemas.limits import Moment, whole
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
    due_from = Moment(load_default=None)
    due_before = Moment(load_default=None)
    has_due = fields.Boolean(load_default=None, metadata={"description": "False: those without a time limit."})
    least_priority = whole(load_default=None)
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


class Outcome(Outgoing):
    """A button of a task, with what it asks of the comment."""

    value = fields.String()
    name = fields.String()
    name_en = fields.String()
    style = fields.String(validate=validate.OneOf(get_args(Style)))
    comment = fields.String(validate=validate.OneOf(get_args(CommentRule)))


class FieldRight(Outgoing):
    """What may be done with a variable; one that is not named may be written."""

    name = fields.String()
    access = fields.String(validate=validate.OneOf(get_args(Access)))


class AssignmentReason(Outgoing):
    """A sentence with braces, and the values for them."""

    sentence = fields.String(attribute="template")
    values = fields.Function(
        lambda reason: {name: value if isinstance(value, int) else str(value) for name, value in reason.values.items()},
        metadata={"type": "object"},
    )


class UserTaskDetails(_UserTask):
    """One user task, with what its page needs."""

    comment = fields.String(allow_none=True)
    documentation = fields.String(attribute="facts.documentation")
    outcomes = fields.List(fields.Nested(Outcome), attribute="facts.outcomes")
    fields_ = fields.List(fields.Nested(FieldRight), attribute="facts.fields", data_key="fields")
    comment_rule = fields.String(attribute="facts.comment", validate=validate.OneOf(get_args(CommentRule)))
    why = fields.List(
        fields.Nested(AssignmentReason), attribute="facts.why", metadata={"description": "How its people were found, in order."}
    )
    draft = fields.Raw(allow_none=True, metadata={"type": "object"})
    draft_comment = fields.String(allow_none=True)


class Assignment(Incoming):
    """Who gets the task."""

    person = fields.String(required=True, validate=validate.Length(1, 64))


class Draft(Incoming):
    """What is filled in so far, the opinion too; `variables` null forgets both."""

    variables = Variables(required=True, allow_none=True)
    comment = fields.String(validate=validate.Length(max=4000), load_default=None, allow_none=True)


class DraftKept(Outgoing):
    """`dropped` names values that were not kept: the task may not write them, or no field of its form could hold them."""

    dropped = fields.List(fields.String())


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
