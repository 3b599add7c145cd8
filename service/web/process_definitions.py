"""What is deployed: the processes with their versions, diagrams and files."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request

from engine import access, process_instances
from engine.definitions import process_definitions
from engine.process_instances import ProcessInstanceFilter
from service.disposition import disposition
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import definition_names, diagrams, people, usages
from service.web.addresses import version_asked
from service.web.languages import named

#: A definition never changes, so its file may be kept by the browser: a day, in seconds.
A_DAY = 86_400

blueprint = Blueprint("process_definitions", __name__)


@blueprint.get("/process-definitions")
@opens_to("everybody")
def list_() -> str:
    text = request.args.get("q", "").strip().lower()
    with unit_of_work() as work:
        definitions = definition_names.newest(work).values()
        now = work.now
    found = [each for each in definitions if text in f"{each.key} {each.name} {each.name_en}".lower()]
    return render_template("process_definitions.html", definitions=found, text=text, now=now)


@blueprint.get("/process-definitions/<key>")
@opens_to("everybody")
def show(key: str) -> str:
    """The version asked for, or the newest one."""
    with unit_of_work() as work:
        definition = process_definitions.get_by_key(work, key, version_asked(request.args))
        versions = process_definitions.versions(work, key)
        newest = process_definitions.list_(work)
        used = usages.of(work, newest, "called", key)
        references = usages.named_references(work, newest, definition) if access.may_read_deployed(work.actor) else None
        running = process_instances.counts(work, ProcessInstanceFilter(definition_id=definition.id, is_open=True))
        paused = process_definitions.pause_of(work, key)
        now = work.now
    return render_template(
        "process_definition.html",
        definition=definition,
        versions=versions,
        paused=paused,
        usages=used,
        references=references,
        running=sum(running.values()),
        sheets=diagrams.of_definition(definition.id, named(definition.name, definition.name_en)),
        starters=[people.candidate_name(key) for key in definition.facts.starters],
        now=now,
    )


@blueprint.get("/process-definitions/<uuid:id>/xml")
@opens_to("design", "operate")
def xml(id: UUID) -> Response:
    """The file as it was deployed, for saving."""
    with unit_of_work() as work:
        definition = process_definitions.get(work, id)
        content = process_definitions.xml(work, definition)
    response = _kept(content)
    response.headers["Content-Disposition"] = disposition("attachment", f"{definition.key}-{definition.version}.bpmn")
    return response


@blueprint.get("/process-definitions/<uuid:id>/diagram")
@opens_to("everybody")
def diagram(id: UUID) -> Response:
    """What the viewer draws."""
    with unit_of_work() as work:
        content = process_definitions.diagram(work, process_definitions.get(work, id))
    return _kept(content)


def _kept(content: bytes) -> Response:
    response = Response(content, mimetype="application/xml")
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
    return response
