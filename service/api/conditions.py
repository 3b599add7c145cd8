"""Conditions: what is the case starts the processes that begin by it."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.messaging import conditions
from service.api.idempotency import REPEATABLE, once
from service.api.language import language
from service.api.routes import Routes
from service.api.schemas.conditions import Evaluation, StartedByCondition
from service.api.schemas.process_instances import ProcessInstanceDetails
from service.identity.openings import opens_to
from service.task_forms import start_reviewer
from service.unit_of_work import unit_of_work

routes = Routes("conditions", __name__, url_prefix="/conditions", description="What is the case.")

_STARTED = ProcessInstanceDetails(many=True)


@routes.post("/evaluate")
@opens_to("operate")
@routes.body(Evaluation, example={"variables": {"temperature": -5}, "businessKey": "W-2026-001"})
@routes.describes(**REPEATABLE)
@routes.answers(200, StartedByCondition)
def evaluate(body: dict[str, Any]) -> Response:
    """Starts every process whose conditional start event is true for these variables; all of them or none."""
    with unit_of_work() as work:
        review = start_reviewer(work, language=language)
        return once(work, lambda: {"items": _STARTED.dump(conditions.evaluate(work, **body, review=review))}, 200)
