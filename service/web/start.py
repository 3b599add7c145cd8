"""发起: choose a process, fill in its start form, start it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, flash, jsonify, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as later

from engine import access, process_instances
from engine.definitions import process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from service.identity.openings import opens_to
from service.task_forms import start_form, start_reviewer
from service.unit_of_work import unit_of_work
from service.web import diagrams
from service.web.languages import language, named
from service.web.scripts import sent_by_script

#: Area of a process → its name; the areas of the catalogue, in the order of a company's manual.
AREAS = {
    "business": later("Business"),
    "project": later("Projects"),
    "hr": later("Human resources"),
    "finance": later("Finance"),
    "administration": later("Administration and purchasing"),
    "governance": later("Governance"),
    "production": later("Production and quality"),
}

blueprint = Blueprint("start", __name__)


@blueprint.get("/start")
@opens_to("start")
def choose() -> str:
    """What the person may start, by area."""
    with unit_of_work() as work:
        access.right(work, "start", to=Sentence("start a process"))
        startable = process_definitions.startable(work)
    return render_template("start.html", areas=_by_area(startable))


def _by_area(definitions: Any) -> list[tuple[str, list[ProcessDefinition]]]:
    order = list(AREAS)

    def place(definition: ProcessDefinition) -> tuple[int, str]:
        return (order.index(definition.area) if definition.area in AREAS else len(order), definition.area)

    ordered = sorted(definitions, key=lambda each: (*place(each), named(each.name, each.name_en)))
    return [
        (str(AREAS.get(area, area or gettext("Other"))), list(group))
        for area, group in groupby(ordered, key=lambda each: each.area)
    ]


@blueprint.get("/start/<key>")
@opens_to("start")
def form(key: str) -> str:
    with unit_of_work() as work:
        definition = process_definitions.get_to_start(work, key)
        shown = start_form(work, definition, language=language())
    return render_template(
        "start_form.html",
        definition=definition,
        schema=shown.schema if shown else None,
        values=shown.values if shown else {},
        attachments_url=url_for("web.attachments.add_before_start"),
        sheets=diagrams.of_definition(definition.id, named(definition.name, definition.name_en)),
    )


@blueprint.post("/start/<key>")
@opens_to("start")
def begin(key: str) -> Response:
    sent = sent_by_script()
    if not isinstance(sent.get("variables"), dict):
        raise Invalid(why=Sentence("the page sent something else than values. Reload it and try again."))
    business_key = sent.get("businessKey")
    with unit_of_work() as work:
        instance = process_instances.start(
            work,
            key,
            sent["variables"],
            business_key=business_key if isinstance(business_key, str) and business_key else None,
            review=start_reviewer(work, language=language),
        )
    flash(gettext("“%(title)s” has begun.", title=instance.title or key), "success")
    return jsonify(next=url_for("web.process_instances.show", id=instance.id))
