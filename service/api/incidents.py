"""Incidents: list, get, retry, resolve. Needs the right to operate."""

from __future__ import annotations

import uuid
from typing import Any

from engine.operating import incidents
from engine.operating.incidents import Incident
from engine.store.paging import Page
from service.api.routes import Routes
from service.api.schemas.directions import Nothing
from service.api.schemas.incidents import IncidentDetails, IncidentPage, IncidentQuery
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("incidents", __name__, url_prefix="/incidents", description="What nobody foresaw.")


@routes.get("")
@opens_to("operate")
@routes.query(IncidentQuery)
@routes.answers(200, IncidentPage)
def list_(query: dict[str, Any]) -> Page[Incident]:
    """Newest first."""
    status = query.pop("status")
    with unit_of_work() as work:
        return incidents.list_(work, is_open=True if status == "open" else None, **query)


@routes.get("/<uuid:id>")
@opens_to("operate")
@routes.answers(200, IncidentDetails)
def get(id: uuid.UUID) -> Incident:
    """One incident."""
    with unit_of_work() as work:
        return incidents.get(work, id)


@routes.post("/<uuid:id>/retry")
@opens_to("operate")
@routes.body(Nothing)
@routes.answers(204)
def retry(_: dict[str, Any], id: uuid.UUID) -> None:
    """What failed is tried again."""
    with unit_of_work() as work:
        incidents.retry(work, id)


@routes.post("/<uuid:id>/resolve")
@opens_to("operate")
@routes.body(Nothing)
@routes.answers(204)
def resolve(_: dict[str, Any], id: uuid.UUID) -> None:
    """Somebody has repaired it otherwise."""
    with unit_of_work() as work:
        incidents.resolve(work, id)
