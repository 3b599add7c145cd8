"""What can be started: list, get, versions, XML, start form, start."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response

from engine import process_instances
from engine.definitions import process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.store.paging import Page, page_of
from service.api.idempotency import REPEATABLE, once
from service.api.language import language
from service.api.routes import Routes
from service.api.schemas.pages import PageQuery
from service.api.schemas.process_definitions import ProcessDefinitionDetails, ProcessDefinitionPage, ProcessDefinitionQuery
from service.api.schemas.process_instances import ProcessInstanceDetails, Start
from service.api.schemas.user_tasks import FormShown
from service.identity.openings import opens_to
from service.task_forms import ShownForm, start_form, start_reviewer
from service.unit_of_work import unit_of_work

routes = Routes("process definitions", __name__, url_prefix="/process-definitions", description="What can be started.")

_STARTED = ProcessInstanceDetails()


@routes.get("")
@opens_to("everybody")
@routes.query(ProcessDefinitionQuery)
@routes.answers(200, ProcessDefinitionPage)
def list_(query: dict[str, Any]) -> Page[ProcessDefinition]:
    """The latest version of each, by key."""
    with unit_of_work() as work:
        found = process_definitions.startable(work) if query["startable"] else process_definitions.list_(work)
    wanted = [each for each in found if query["key"] in (None, each.key)]
    return page_of(wanted, lambda each: (each.key,), after=query["after"], limit=query["limit"])


@routes.get("/<key>")
@opens_to("everybody")
@routes.answers(200, ProcessDefinitionDetails)
def get(key: str) -> ProcessDefinition:
    """The latest version of this key."""
    with unit_of_work() as work:
        return process_definitions.get_by_key(work, key)


@routes.get("/<key>/versions")
@opens_to("everybody")
@routes.query(PageQuery)
@routes.answers(200, ProcessDefinitionPage)
def versions(query: dict[str, Any], key: str) -> Page[ProcessDefinition]:
    """All versions, newest first."""
    with unit_of_work() as work:
        found = process_definitions.versions(work, key)
    return page_of(found, lambda each: (-each.version,), **query)


@routes.get("/<uuid:id>/xml")
@opens_to("design", "operate")
@routes.answers_file("application/xml")
def xml(id: uuid.UUID) -> Response:
    """The file as it was deployed."""
    with unit_of_work() as work:
        content = process_definitions.xml(work, process_definitions.get(work, id))
    return Response(content, mimetype="application/xml", headers={"Content-Disposition": "attachment; filename=process.bpmn"})


@routes.get("/<uuid:id>/diagram")
@opens_to("everybody")
@routes.answers_file("application/xml")
def diagram(id: uuid.UUID) -> Response:
    """The same without what is not drawn: no scripts, conditions, times, assignments."""
    with unit_of_work() as work:
        content = process_definitions.diagram(work, process_definitions.get(work, id))
    return Response(content, mimetype="application/xml", headers={"Content-Disposition": "attachment; filename=process.bpmn"})


@routes.get("/<key>/form")
@opens_to("start")
@routes.answers(200, FormShown)
def form(key: str) -> ShownForm:
    """The form that is filled in to start it."""
    with unit_of_work() as work:
        found = start_form(work, process_definitions.get_to_start(work, key), language=language())
    if found is None:
        raise NotFound(kind=Sentence("start form of process definition"), id=key)
    return found


@routes.post("/<key>/start")
@opens_to("start")
@routes.body(Start, example={"variables": {"customer": "新华贸易"}, "businessKey": "L-2026-0001"})
@routes.describes(**REPEATABLE)
@routes.answers(201, ProcessInstanceDetails)
def start(body: dict[str, Any], key: str) -> Response:
    """Starts one. With an Idempotency-Key a repeated request gets the answer of the first."""
    with unit_of_work() as work:
        review = start_reviewer(work, language=language)
        return once(work, lambda: _STARTED.dump(process_instances.start(work, key, **body, review=review)), 201)
