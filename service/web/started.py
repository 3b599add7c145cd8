"""我发起的: what the person has started, and where it is."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine import process_instances
from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import definition_names, progress
from service.web.addresses import with_filter
from service.web.filters import ROWS, after
from service.web.instance_filters import instance_filter

blueprint = Blueprint("started", __name__)


@blueprint.get("/started")
@opens_to("everybody")
def list_() -> str:
    filter = instance_filter()
    with unit_of_work() as work:
        page = process_instances.list_(work, filter.for_verb(initiator=current_actor().id), after=after(), limit=ROWS)
        definitions = definition_names.newest(work)
        steps = progress.current_steps(work, page.items)
        now = work.now
    template = "started_rows.html" if after() and request.headers.get("HX-Request") else "started.html"
    more = with_filter(after=page.next)
    return render_template(template, page=page, filter=filter, definitions=definitions, steps=steps, now=now, more_address=more)
