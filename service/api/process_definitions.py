"""What can be started: list, get, versions, XML, start form, start."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Response

from engine import process_definitions, process_instances
from engine.errors import NotFound
from engine.process_definitions import ProcessDefinition
from service.api.idempotency import once
from service.api.language import language
from service.api.routes import Routes
from service.api.schemas.process_definitions import ProcessDefinitionDetails, ProcessDefinitionQuery
from service.api.schemas.process_instances import ProcessInstanceDetails, Start
from service.api.schemas.user_tasks import FormShown
from service.task_forms import ShownForm, start_form, start_reviewer
from service.unit_of_work import unit_of_work

routes = Routes("process definitions", __name__, url_prefix="/process-definitions", description="What can be started.")

_STARTED = ProcessInstanceDetails()


@routes.get("")
@routes.query(ProcessDefinitionQuery)
@routes.answers(200, ProcessDefinitionDetails, many=True)
def list_(query: dict[str, Any]) -> Sequence[ProcessDefinition]:
    """The latest version of each."""
    with unit_of_work() as work:
        found = process_definitions.startable(work) if query["startable"] else process_definitions.list_(work)
    return [each for each in found if query["key"] in (None, each.key)]


@routes.get("/<key>")
@routes.answers(200, ProcessDefinitionDetails)
def get(key: str) -> ProcessDefinition:
    """The latest version of this key."""
    with unit_of_work() as work:
        return process_definitions.get_by_key(work, key)


@routes.get("/<key>/versions")
@routes.answers(200, ProcessDefinitionDetails, many=True)
def versions(key: str) -> Sequence[ProcessDefinition]:
    """All versions, newest first."""
    with unit_of_work() as work:
        return process_definitions.versions(work, key)


@routes.get("/<uuid:id>/xml")
@routes.answers(200)
def xml(id: uuid.UUID) -> Response:
    """The file as it was deployed."""
    with unit_of_work() as work:
        content = process_definitions.xml(work, id)
    return Response(content, mimetype="application/xml", headers={"Content-Disposition": "attachment; filename=process.bpmn"})


@routes.get("/<key>/form")
@routes.answers(200, FormShown)
def form(key: str) -> ShownForm:
    """The form that is filled in to start it."""
    with unit_of_work() as work:
        found = start_form(work, process_definitions.get_by_key(work, key), language=language())
    if found is None:
        raise NotFound(kind="start form of process definition", id=key)
    return found


@routes.post("/<key>/start")
@routes.body(Start, example={"variables": {"customer": "新华贸易"}, "businessKey": "L-2026-0001"})
@routes.answers(201, ProcessInstanceDetails)
def start(body: dict[str, Any], key: str) -> Response:
    """Starts one. With an Idempotency-Key a repeated request gets the answer of the first."""
    with unit_of_work() as work:
        review = start_reviewer(work, language=language)
        return once(work, lambda: _STARTED.dump(process_instances.start(work, key, **body, review=review)), 201)
