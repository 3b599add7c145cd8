"""ETag and If-Match of process instances: nothing is changed that has changed since it was read (RFC 9110, 13.1.1)."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response, request

from engine import process_instances
from engine.facts.errors import ProcessInstanceChanged
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.api.routes import json_response
from service.api.schemas.process_instances import ProcessInstanceDetails

#: For the description of a route.
IF_MATCH: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "schema": {"type": "string"},
            "description": "The ETag of the process instance as it was read; when it has changed since, the answer is 412.",
        }
    ]
}

_DETAILS = ProcessInstanceDetails()


def require_unchanged(work: UnitOfWork, id: uuid.UUID) -> None:
    """Does nothing without If-Match; with it, nobody changes the process instance until the unit of work ends."""
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return
    held = process_instances.hold(work, id)
    if not request.if_match.contains(_etag(held)):
        raise ProcessInstanceChanged(title=held.title, version=held.version)


def tagged(instance: ProcessInstance) -> Response:
    """The process instance with its ETag."""
    response = json_response(_DETAILS.dump(instance))
    response.set_etag(_etag(instance))
    return response


def _etag(instance: ProcessInstance) -> str:
    return str(instance.version)
