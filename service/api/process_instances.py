"""Running processes: list, get, cancel, suspend, resume; variables, history, tokens."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response

from engine import process_instances
from engine.bpmn import TokenFacts
from engine.process_instances import AskedDecision, Entry, ProcessInstance, ProcessInstanceFilter, Transition
from engine.store.paging import Page, page_of
from service.api.preconditions import IF_MATCH, require_unchanged, tagged
from service.api.routes import VALUES, Routes, json_response
from service.api.schemas.decisions import DecisionAskedPage
from service.api.schemas.pages import PageQuery, parted
from service.api.schemas.process_instances import (
    Cancellation,
    ProcessInstanceDetails,
    ProcessInstancePage,
    ProcessInstanceQuery,
    Reason,
    RecordPage,
    TokenPage,
    TransitionPage,
    VariableChange,
)
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("process instances", __name__, url_prefix="/process-instances", description="Running and ended processes.")


@routes.get("")
@opens_to("everybody")
@routes.query(ProcessInstanceQuery)
@routes.answers(200, ProcessInstancePage)
def list_(query: dict[str, Any]) -> Page[ProcessInstance]:
    """Process instances you may see, newest first."""
    wanted, page = parted(query)
    with unit_of_work() as work:
        return process_instances.list_(work, ProcessInstanceFilter(**wanted), **page)


@routes.get("/<uuid:id>")
@opens_to("operate", own=("everybody",))
@routes.answers(200, ProcessInstanceDetails)
def get(id: uuid.UUID) -> Response:
    """One process instance; its ETag is the version."""
    with unit_of_work() as work:
        return tagged(process_instances.get(work, id))


@routes.post("/<uuid:id>/cancel")
@opens_to("operate", own=("everybody",))
@routes.body(Cancellation, example={"reason": "The customer withdrew."})
@routes.describes(**IF_MATCH)
@routes.answers(200, ProcessInstanceDetails)
def cancel(body: dict[str, Any], id: uuid.UUID) -> Response:
    """Ends it where it is."""
    with unit_of_work() as work:
        require_unchanged(work, id)
        return tagged(process_instances.cancel(work, id, body["reason"]))


@routes.post("/<uuid:id>/suspend")
@opens_to("operate")
@routes.body(Reason)
@routes.describes(**IF_MATCH)
@routes.answers(200, ProcessInstanceDetails)
def suspend(body: dict[str, Any], id: uuid.UUID) -> Response:
    """Nothing goes on until it is resumed."""
    with unit_of_work() as work:
        require_unchanged(work, id)
        return tagged(process_instances.suspend(work, id, body["reason"]))


@routes.post("/<uuid:id>/resume")
@opens_to("operate")
@routes.body(Reason)
@routes.describes(**IF_MATCH)
@routes.answers(200, ProcessInstanceDetails)
def resume(body: dict[str, Any], id: uuid.UUID) -> Response:
    """It goes on."""
    with unit_of_work() as work:
        require_unchanged(work, id)
        return tagged(process_instances.resume(work, id, body["reason"]))


@routes.get("/<uuid:id>/variables")
@opens_to("operate")
@routes.describes(**VALUES)
def variables(id: uuid.UUID) -> Response:
    """All its variables."""
    with unit_of_work() as work:
        return json_response(process_instances.variables(work, process_instances.get_with_state(work, id)))


@routes.post("/<uuid:id>/variables")
@opens_to("operate")
@routes.body(VariableChange, example={"variables": {"amount": 1200}})
@routes.describes(**IF_MATCH)
@routes.answers(200, ProcessInstanceDetails)
def set_variables(body: dict[str, Any], id: uuid.UUID) -> Response:
    """Repairs variables."""
    with unit_of_work() as work:
        require_unchanged(work, id)
        return tagged(process_instances.set_variables(work, id, body["variables"]))


@routes.get("/<uuid:id>/history")
@opens_to("operate", own=("everybody",))
@routes.query(PageQuery)
@routes.answers(200, TransitionPage)
def history(query: dict[str, Any], id: uuid.UUID) -> Page[Transition]:
    """Every change in order; values only with the right to operate."""
    with unit_of_work() as work:
        return process_instances.changes(work, process_instances.get(work, id), **query)


@routes.get("/<uuid:id>/record")
@opens_to("operate", own=("everybody",))
@routes.query(PageQuery)
@routes.answers(200, RecordPage)
def record(query: dict[str, Any], id: uuid.UUID) -> Page[Entry]:
    """The approval record: who did what in which order, with opinions and files; what waits comes last."""
    with unit_of_work() as work:
        return page_of(
            process_instances.record(work, process_instances.get(work, id)).entries, lambda entry: entry.place, **query
        )


@routes.get("/<uuid:id>/decisions")
@opens_to("operate")
@routes.query(PageQuery)
@routes.answers(200, DecisionAskedPage)
def decisions(query: dict[str, Any], id: uuid.UUID) -> Page[AskedDecision]:
    """Every decision its business rule tasks asked, with the rules that matched.

    Those of `limit` changes at a time.
    """
    with unit_of_work() as work:
        return process_instances.decisions(work, process_instances.get(work, id), **query)


@routes.get("/<uuid:id>/tokens")
@opens_to("operate", own=("everybody",))
@routes.query(PageQuery)
@routes.answers(200, TokenPage)
def tokens(query: dict[str, Any], id: uuid.UUID) -> Page[TokenFacts]:
    """Where it is, by token."""
    with unit_of_work() as work:
        found = sorted(process_instances.tokens(work, process_instances.get_with_state(work, id)), key=lambda token: token.token)
    places = page_of(range(len(found)), lambda place: (place,), **query)
    return Page(tuple(found[place] for place in places.items), places.next)
