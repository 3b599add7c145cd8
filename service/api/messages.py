"""Messages and signals: other systems tell processes what has happened."""

from __future__ import annotations

from typing import Any

from flask import Response

from engine import messages, signals
from service.api.idempotency import once
from service.api.routes import Routes
from service.api.schemas.messages import Accepted, Message, Signal
from service.unit_of_work import unit_of_work

routes = Routes("messages", __name__, description="What other systems tell.")

_ACCEPTED = {"status": "accepted"}


@routes.post("/messages")
@routes.body(Message, example={"name": "payment-received", "correlationKey": "C-2026-001", "variables": {"amount": 1200}})
@routes.answers(202, Accepted)
def correlate(body: dict[str, Any]) -> Response:
    """For the instance that waits for it, or for the process it starts; one that nobody waits for yet is kept for a while."""

    def act() -> dict[str, str]:
        messages.correlate(
            work,
            body["name"],
            correlation_key=body["correlation_key"],
            variables=body["variables"],
            business_key=body["business_key"],
            event_id=body["event_id"],
        )
        return _ACCEPTED

    with unit_of_work() as work:
        return once(work, act, 202)


@routes.post("/signals")
@routes.body(Signal, example={"name": "year-end", "variables": {}})
@routes.answers(202, Accepted)
def throw(body: dict[str, Any]) -> Response:
    """For everybody who waits for it now."""

    def act() -> dict[str, str]:
        signals.throw(work, body["name"], body["variables"], event_id=body["event_id"])
        return _ACCEPTED

    with unit_of_work() as work:
        return once(work, act, 202)
