"""Moving process instances by hand, for who operates."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response

from engine.operating import moves
from engine.operating.moves import MoveTarget, Preview
from service.api.preconditions import IF_MATCH, require_unchanged, tagged
from service.api.routes import Routes
from service.api.schemas.moves import Move, MoveAsked, MovePreview
from service.api.schemas.process_instances import ProcessInstanceDetails
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("moves", __name__, url_prefix="/process-instances", description="Repairing where processes are.")

_EXAMPLE = {"cancelElements": ["approve"], "start": [{"element": "review", "place": "before"}]}


@routes.post("/<uuid:id>/move")
@opens_to("operate")
@routes.body(Move, example={**_EXAMPLE, "reason": "It was approved by the wrong department."})
@routes.describes(**IF_MATCH)
@routes.answers(200, ProcessInstanceDetails)
def move(body: dict[str, Any], id: uuid.UUID) -> Response:
    """Takes tokens away and begins elsewhere, all in one step."""
    with unit_of_work() as work:
        require_unchanged(work, id)
        return tagged(moves.move(work, id, **_meant(body), why=body["reason"]))


@routes.post("/<uuid:id>/move/preview")
@opens_to("operate")
@routes.body(MoveAsked, example=_EXAMPLE)
@routes.answers(200, MovePreview)
def preview(body: dict[str, Any], id: uuid.UUID) -> Preview:
    """What that move would take away, leave and begin; changes nothing."""
    with unit_of_work() as work:
        return moves.preview(work, moves.movable(work, id), **_meant(body))


def _meant(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "cancel": [*body["cancel_elements"], *body["cancel_tokens"]],
        "start": [MoveTarget(**target) for target in body["start"]],
    }
