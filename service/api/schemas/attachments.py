"""Files that people add to a process."""

from __future__ import annotations

from marshmallow import fields

from service.api.schemas.directions import Incoming, Outgoing
from service.api.schemas.pages import PageQuery, page_of


class NewAttachment(Incoming):
    """multipart/form-data: one `file`, and what it belongs to: a task, a process instance, or nothing yet (a start form)."""

    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})
    user_task_id = fields.UUID()
    process_instance_id = fields.UUID()


class AttachmentQuery(PageQuery):
    """Of which process instance."""

    process_instance_id = fields.UUID(required=True)


class AttachmentDetails(Outgoing):
    """A file without its bytes."""

    id = fields.UUID()
    name = fields.String()
    content_type = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    process_instance_id = fields.UUID(allow_none=True)
    user_task_id = fields.UUID(allow_none=True)
    added_by = fields.String()
    added_at = fields.DateTime()


AttachmentPage = page_of(AttachmentDetails)


class AttachmentReference(Incoming):
    """The fields beside the file."""

    user_task_id = fields.UUID(load_default=None)
    process_instance_id = fields.UUID(load_default=None)
