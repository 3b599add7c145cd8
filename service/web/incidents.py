"""Incidents: what nobody foresaw and somebody has to repair."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import process_instances
from engine.operating import given_up, incidents
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import definition_names
from service.web.addresses import inside, with_filter
from service.web.filters import ROWS, after

#: What was given up is shown up to here; all of it at once is tried again, or one of these.
GIVEN_UP = 20

blueprint = Blueprint("incidents", __name__)


@blueprint.get("/incidents")
@opens_to("operate")
def list_() -> str:
    with unit_of_work() as work:
        page = incidents.list_(work, after=after(), limit=ROWS)
        abandoned = () if after() else given_up.list_(work, limit=GIVEN_UP)
        cases = [each.process_instance_id for each in page.items]
        cases += [each.process_instance_id for each in abandoned if each.process_instance_id]
        instances = process_instances.several(work, cases)
        definitions = definition_names.newest(work)
        now = work.now
    template = "incident_rows.html" if after() and request.headers.get("HX-Request") else "incidents.html"
    more = with_filter(after=page.next)
    shown = {"page": page, "instances": instances, "definitions": definitions, "given_up": abandoned}
    return render_template(template, **shown, now=now, more_address=more)


@blueprint.post("/incidents/given-up/retry")
@opens_to("operate")
def retry_given_up() -> AnyResponse:
    """All that is not tried again by itself and has no incident; processes that were paused may start by events again."""
    with unit_of_work() as work:
        given_up.retry(work)
    flash(gettext("It is tried again."), "success")
    return redirect(inside(request.form.get("back")))


@blueprint.post("/incidents/given-up/<uuid:id>/retry")
@opens_to("operate")
def retry_one_given_up(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        is_tried = given_up.retry_one(work, id)
    if is_tried:
        flash(gettext("It is tried again."), "success")
    else:
        flash(gettext("It is not given up any more: somebody was faster."), "info")
    return redirect(inside(request.form.get("back")))


@blueprint.post("/incidents/<uuid:id>/retry")
@opens_to("operate")
def retry(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        incidents.retry(work, id)
    flash(gettext("It is tried again."), "success")
    return redirect(inside(request.form.get("back")))


@blueprint.post("/incidents/<uuid:id>/resolve")
@opens_to("operate")
def resolve(id: UUID) -> AnyResponse:
    """Somebody has put it right by other means."""
    with unit_of_work() as work:
        incidents.resolve(work, id)
    flash(gettext("The incident is resolved."), "success")
    return redirect(inside(request.form.get("back")))
