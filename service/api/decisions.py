"""Decisions: list, XML, evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from engine import access, decisions
from engine.decisions import DecisionDefinition
from service.api.routes import Routes, json_response
from service.api.schemas.decisions import Answer, DecisionDefinitionDetails, Question
from service.unit_of_work import unit_of_work

routes = Routes("decisions", __name__, url_prefix="/decisions", description="What decision tables answer.")


@routes.get("")
@routes.answers(200, DecisionDefinitionDetails, many=True)
def list_() -> Sequence[DecisionDefinition]:
    """The newest version of each."""
    with unit_of_work() as work:
        access.right(work, "start", to="see decisions")
        return decisions.list_(work)


@routes.get("/<key>/xml")
@routes.answers(200)
def xml(key: str) -> Response:
    """The file as it was deployed."""
    with unit_of_work() as work:
        access.right(work, "start", to="see decisions")
        content = decisions.xml(work, key)
    return Response(content, mimetype="application/xml", headers={"Content-Disposition": "attachment; filename=decision.dmn"})


@routes.post("/<key>/evaluate")
@routes.body(Question, example={"variables": {"amount": 250000}})
@routes.answers(200, Answer)
def evaluate(body: dict[str, Any], key: str) -> Response:
    """Asks a deployed decision; changes nothing."""
    with unit_of_work() as work:
        access.right(work, "start", to="evaluate a decision")
        answer = decisions.evaluate(work, key, body["variables"], version=body["version"])
    return json_response({"value": answer.value, "trace": answer.trace, "notes": answer.notes})
