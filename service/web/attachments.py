"""Files that belong to a process instance: added at a task or before the start, looked at, downloaded."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.people import attachments
from engine.people.attachments import Attachment
from engine.people.user_tasks import UserTask
from service.disposition import disposition
from service.identity.openings import opens_to
from service.security_headers import CONTENT_SECURITY_POLICY
from service.unit_of_work import unit_of_work
from service.web.errors import wants_json

#: A browser shows these itself, without running anything in them; everything else is offered for saving.
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"})

#: A file can do nothing by itself; the sandbox would also keep a browser from showing a PDF.
FOR_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
FOR_FILES = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"

blueprint = Blueprint("attachments", __name__)


@blueprint.post("/user-tasks/<uuid:id>/attachments")
@opens_to(own=("work",))
def add_to_task(id: UUID) -> AnyResponse:
    """For the form's file field as JSON, for the list beside the form as a page."""
    added = [_add(file, user_task_id=id) for file in _uploaded()]
    if wants_json():
        return jsonify(attachments=[as_value(each) for each in added])
    flash(gettext("Added."), "success")
    return redirect(url_for("web.user_tasks.show", id=id))


@blueprint.post("/attachments")
@opens_to("start")
def add_before_start() -> Response:
    """For the file field of a start form: they belong to the process as soon as it has begun."""
    return jsonify(attachments=[as_value(_add(file)) for file in _uploaded()])


@blueprint.get("/attachments/<uuid:id>/view")
@opens_to("operate", own=("everybody",))
def look(id: UUID) -> Response:
    """A page around the file, which alone may hold a frame, and that of ours."""
    with unit_of_work() as work:
        attachment = attachments.facts(work, id)
        now = work.now
    response = make_response(render_template("attachment.html", file=attachment, kind=_kind(attachment), now=now))
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response


def _kind(attachment: Attachment) -> str:
    """How a page shows it; empty for what is only saved."""
    if attachment.content_type not in SHOWN:
        return ""
    return "pdf" if attachment.content_type == "application/pdf" else attachment.content_type.partition("/")[0]


@blueprint.get("/attachments/<uuid:id>/save")
@opens_to("operate", own=("everybody",))
def save(id: UUID) -> Response:
    return _sent(id, is_saved=True)


@blueprint.get("/attachments/<uuid:id>")
@opens_to("operate", own=("everybody",))
def show(id: UUID) -> Response:
    """The file: shown if a browser can show it safely, else offered for saving."""
    return _sent(id, is_saved=False)


def _sent(id: UUID, *, is_saved: bool) -> Response:
    with unit_of_work() as work:
        attachment, content = attachments.get(work, id)
    is_shown = attachment.content_type in SHOWN and not is_saved
    response = Response(content, mimetype=attachment.content_type if is_shown else "application/octet-stream")
    response.headers["Content-Disposition"] = disposition("inline" if is_shown else "attachment", attachment.name)
    response.headers["Content-Security-Policy"] = FOR_PDF if attachment.content_type == "application/pdf" else FOR_FILES
    return response


def address_for_task(task: UserTask) -> str:
    """Where the file field of a task's form sends its files."""
    return url_for("web.attachments.add_to_task", id=task.id) if task.is_open else ""


def as_value(attachment: Attachment) -> dict[str, object]:
    """What the process keeps of a file."""
    return {"id": str(attachment.id), "name": attachment.name, "size": attachment.size}


def _uploaded() -> list[FileStorage]:
    files = [each for each in request.files.getlist("files") if each.filename]
    if not files:
        raise Invalid(why=Sentence("no file was chosen."))
    return files


def _add(file: FileStorage, *, user_task_id: UUID | None = None) -> Attachment:
    with unit_of_work() as work:
        return attachments.add(
            work, file.filename or "", file.mimetype or "application/octet-stream", file.read(), user_task_id=user_task_id
        )
