"""Files: add, list, download. A download never runs in the browser: it is a file to keep, from a sandbox."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response, request

from engine import process_instances
from engine.facts.sentences import Sentence
from engine.people import attachments
from engine.people.attachments import Attachment
from engine.store.paging import Page, page_of
from service.api import reading
from service.api.idempotency import REPEATABLE, once
from service.api.refusals import FieldProblem, RequestRefused, WrongContentType
from service.api.routes import Routes
from service.api.schemas.attachments import AttachmentDetails, AttachmentPage, AttachmentQuery, AttachmentReference, NewAttachment
from service.disposition import disposition
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("attachments", __name__, url_prefix="/attachments", description="Files that people add to a process.")

_DETAILS, _REFERENCE = AttachmentDetails(), AttachmentReference()


@routes.get("")
@opens_to("operate", own=("everybody",))
@routes.query(AttachmentQuery)
@routes.answers(200, AttachmentPage)
def list_(query: dict[str, Any]) -> Page[Attachment]:
    """Of a process instance, in the order they were added."""
    with unit_of_work() as work:
        found = attachments.list_(work, process_instances.get(work, query.pop("process_instance_id")))
    return page_of(found, lambda each: (str(each.id),), **query)


@routes.post("")
@opens_to("operate", own=("everybody",))
@routes.files(NewAttachment)
@routes.describes(**REPEATABLE)
@routes.answers(201, AttachmentDetails)
def add() -> Response:
    """Adds one file to a case or a task; to neither, for a start form, with the right to start."""
    if request.mimetype != "multipart/form-data":
        raise WrongContentType(given=request.mimetype[:100], needed="multipart/form-data")
    belongs = reading.form(_REFERENCE)
    file = request.files.get("file")
    if file is None or not file.filename or len(request.files.getlist("file")) != 1 or len(request.files) != 1:
        problem = FieldProblem(
            "required", Sentence("Exactly one file is needed."), "file", fix=Sentence("Send it as `file`, with its name.")
        )
        raise RequestRefused(problems=(problem,), count=1)
    name, kind, content = file.filename, file.mimetype, file.read()
    with unit_of_work() as work:
        return once(work, lambda: _DETAILS.dump(attachments.add(work, name, kind, content, **belongs)), 201)


@routes.get("/<uuid:id>")
@opens_to("operate", own=("everybody",))
@routes.answers_file("*/*")
def download(id: uuid.UUID) -> Response:
    """The bytes."""
    with unit_of_work() as work:
        attachment, content = attachments.get(work, id)
    headers = {
        "Content-Disposition": disposition("attachment", attachment.name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, mimetype=attachment.content_type, headers=headers)
