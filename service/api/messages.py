"""Messages and signals: other systems tell processes what has happened."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine.messaging import messages, signals
from service.api.idempotency import REPEATABLE, once
from service.api.language import language
from service.api.routes import Routes
from service.api.schemas.messages import Correlated, Message, Signal, Thrown
from service.identity.openings import opens_to
from service.task_forms import start_reviewer
from service.unit_of_work import unit_of_work

routes = Routes("messages", __name__, description="What other systems tell.")

_CORRELATED = Correlated()


@routes.post("/messages")
@opens_to("operate")
@routes.body(Message, example={"name": "payment-received", "correlationKey": "C-2026-001", "variables": {"amount": 1200}})
@routes.describes(**REPEATABLE)
@routes.answers(200, Correlated)
def correlate(body: dict[str, Any]) -> Response:
    """For the instance that waits for it, or for the process it starts; one that nobody waits for yet is kept for a while."""
    with unit_of_work() as work:
        review = start_reviewer(work, language=language)
        return once(work, lambda: _CORRELATED.dump(messages.correlate(work, **body, review=review)), 200)


@routes.post("/signals")
@opens_to("operate")
@routes.body(Signal, example={"name": "year-end", "variables": {}})
@routes.describes(**REPEATABLE)
@routes.answers(200, Thrown)
def throw(body: dict[str, Any]) -> Response:
    """For everybody who waits for it now."""
    with unit_of_work() as work:
        return once(work, lambda: {"receivers": signals.throw(work, **body)}, 200)
