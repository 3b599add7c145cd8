"""Decisions: list, XML, evaluate."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.definitions import decisions
from engine.definitions.decisions import DecisionDefinition
from engine.store.paging import Page, page_of
from service.api.language import in_words
from service.api.routes import Routes, json_response
from service.api.schemas.decisions import Answer, DecisionDefinitionPage, Question
from service.api.schemas.pages import PageQuery
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("decisions", __name__, url_prefix="/decisions", description="What decision tables answer.")


@routes.get("")
@opens_to("design", "operate")
@routes.query(PageQuery)
@routes.answers(200, DecisionDefinitionPage)
def list_(query: dict[str, Any]) -> Page[DecisionDefinition]:
    """The newest version of each, by key."""
    with unit_of_work() as work:
        return page_of(decisions.list_(work), lambda each: (each.key,), **query)


@routes.get("/<key>/xml")
@opens_to("design", "operate")
@routes.answers_file("application/xml")
def xml(key: str) -> Response:
    """The file as it was deployed."""
    with unit_of_work() as work:
        content = decisions.xml(work, decisions.get(work, key))
    return Response(content, mimetype="application/xml", headers={"Content-Disposition": "attachment; filename=decision.dmn"})


@routes.post("/<key>/evaluate")
@opens_to("design", "operate")
@routes.body(Question, example={"variables": {"amount": 250000}})
@routes.answers(200, Answer)
def evaluate(body: dict[str, Any], key: str) -> Response:
    """Asks a deployed decision; changes nothing."""
    with unit_of_work() as work:
        answer = decisions.evaluate(work, key, body["variables"], version=body["version"])
    return json_response(
        {"value": answer.value, "trace": answer.trace, "notes": [note.as_json(in_words) for note in answer.notes]}
    )
