"""Process instances: the list for those who operate, and the page of one for everybody who has a part in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import incidents, process_definitions, process_instances
from engine.actor import Actor
from engine.errors import Invalid
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.identity.current import current_actor
from service.unit_of_work import unit_of_work
from service.web import applications, attachments, definition_names, diagrams, histories, records
from service.web.addresses import with_filter
from service.web.filters import ROWS, after, instance_filter
from service.web.rights import require

blueprint = Blueprint("process_instances", __name__)


@dataclass(frozen=True, slots=True)
class Possible:
    """Which buttons the page has; the verbs decide again."""

    operate: bool
    cancel: bool


@blueprint.get("/process-instances")
def list_() -> str:
    require("operate", to="see all process instances")
    filter = instance_filter()
    with unit_of_work() as work:
        page = process_instances.list_(work, filter.for_verb(), after=after(), limit=ROWS)
        definitions = definition_names.newest(work)
        now = work.now
    template = "process_instance_rows.html" if after() and request.headers.get("HX-Request") else "process_instances.html"
    more = with_filter(after=page.next)
    return render_template(template, page=page, filter=filter, definitions=definitions, now=now, more_address=more)


@blueprint.get("/process-instances/<uuid:id>")
def show(id: UUID) -> str:
    with unit_of_work() as work:
        instance = process_instances.get(work, id)
        shown = _everything_about(work, instance)
    return render_template("process_instance.html", instance=instance, **shown)


def _everything_about(work: UnitOfWork, instance: ProcessInstance) -> dict[str, Any]:
    """Variables, incidents and the full history are for those who operate."""
    can = _possible(current_actor(), instance)
    return {
        "now": work.now,
        "definition": process_definitions.get(work, instance.definition_id),
        "record": records.of_instance(work, instance),
        "coming": records.coming(work, instance),
        "asked": applications.of_instance(work, instance),
        "sheets": diagrams.of_instance(work, instance),
        "attachments": attachments.of_instance(work, instance.id),
        "can": can,
        "variables": _written(process_instances.variables(work, instance.id)) if can.operate else {},
        "incidents": _incidents(work, instance) if can.operate else (),
        "history": histories.of_instance(work, instance) if can.operate else (),
    }


def _possible(actor: Actor, instance: ProcessInstance) -> Possible:
    operates = actor.may("operate")
    return Possible(operates, not instance.is_ended and (operates or instance.initiator == actor.id))


def _incidents(work: UnitOfWork, instance: ProcessInstance) -> tuple[incidents.Incident, ...]:
    return incidents.list_(work, process_instance_id=instance.id, limit=100).items


def _written(variables: dict[str, Any]) -> dict[str, str]:
    """Each value as JSON that a person can read and change."""
    return {name: json.dumps(value, ensure_ascii=False, indent=2) for name, value in sorted(variables.items())}


@blueprint.post("/process-instances/<uuid:id>/cancel")
def cancel(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.cancel(work, id, request.form.get("reason", ""))
    return _back(id, gettext("The process is cancelled. Everybody's tasks in it are closed."))


@blueprint.post("/process-instances/<uuid:id>/suspend")
def suspend(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.suspend(work, id)
    return _back(id, gettext("The process is suspended: nothing goes on until it is resumed."))


@blueprint.post("/process-instances/<uuid:id>/resume")
def resume(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.resume(work, id)
    return _back(id, gettext("The process goes on."))


@blueprint.post("/process-instances/<uuid:id>/variables")
def set_variable(id: UUID) -> AnyResponse:
    """One variable, written as JSON."""
    name = request.form.get("name", "").strip()
    if not name:
        raise Invalid(why="the variable needs a name.")
    with unit_of_work() as work:
        process_instances.set_variables(work, id, {name: _read(request.form.get("value", ""))})
    return _back(id, gettext("“%(name)s” is changed.", name=name))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Invalid(why='the value is not JSON. A text needs quotes: "text".') from None


def _back(id: UUID, sentence: str) -> AnyResponse:
    flash(sentence, "success")
    return redirect(url_for("web.process_instances.show", id=id))
