"""Process instances: the list for those who operate, and the page of one for everybody who has a part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import access, process_instances
from engine.definitions import process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.facts.actor import Actor
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service import sent_json
from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import (
    applications,
    case_variables,
    definition_names,
    diagrams,
    histories,
    records,
    waits_and_decisions,
)
from service.web.addresses import with_filter
from service.web.cases import Case
from service.web.filters import ROWS, after
from service.web.instance_filters import instance_filter
from service.web.languages import named

blueprint = Blueprint("process_instances", __name__)


@dataclass(frozen=True, slots=True)
class Possible:
    """Which buttons the page has; the verbs decide again."""

    operate: bool
    cancel: bool


@blueprint.get("/process-instances")
@opens_to("operate")
def list_() -> str:
    filter = instance_filter()
    with unit_of_work() as work:
        access.right(work, "operate", to=Sentence("see all process instances"))
        page = process_instances.list_(work, filter.for_verb(), after=after(), limit=ROWS)
        by_state = process_instances.counts(work, filter.without_state().for_verb())
        definitions = definition_names.newest(work)
        steps = _steps(work, definitions.get(filter.process))
        now = work.now
    template = "process_instance_rows.html" if after() and request.headers.get("HX-Request") else "process_instances.html"
    more = with_filter(after=page.next)
    return render_template(
        template,
        page=page,
        filter=filter,
        by_state=by_state,
        most=process_instances.MAX_COUNT,
        definitions=definitions,
        steps=steps,
        now=now,
        more_address=more,
    )


def _steps(work: UnitOfWork, definition: ProcessDefinition | None) -> list[tuple[str, str]]:
    """Id and name of the elements of a process at which something can be open."""
    if definition is None:
        return []
    found = process_definitions.elements(work, definition).values()
    return [
        (each.id, named(each.name, each.name_en) or each.id) for each in found if not each.kind.endswith(("Gateway", "endEvent"))
    ]


@blueprint.get("/process-instances/<uuid:id>")
@opens_to("operate", own=("everybody",))
def show(id: UUID) -> str:
    with unit_of_work() as work:
        case = Case(work, process_instances.get_with_state(work, id))
        shown = _everything_about(case)
    return render_template("process_instance.html", instance=case.instance, **shown)


def _everything_about(case: Case) -> dict[str, Any]:
    """Variables, incidents and the full history are for those who operate."""
    can = _possible(current_actor(), case.instance)
    return {
        "now": case.work.now,
        "definition": case.definition,
        "record": records.of_case(case),
        "coming": records.coming(case),
        "asked": applications.of_case(case),
        "sheets": diagrams.of_case(case),
        "attachments": case.record.attachments,
        "can": can,
        **(_for_operators(case) if can.operate else {}),
    }


def _for_operators(case: Case) -> dict[str, Any]:
    names = histories.Names(case)
    return {
        "variables": case_variables.of_case(case),
        "incidents": case.incidents,
        "history": histories.of_case(case, names),
        "waits": waits_and_decisions.waits(case, names),
        "decisions": waits_and_decisions.decisions(case, names),
    }


def _possible(actor: Actor, instance: ProcessInstance) -> Possible:
    operates = actor.may("operate")
    return Possible(operates, not instance.is_ended and (operates or instance.initiator == actor.id))


@blueprint.post("/process-instances/<uuid:id>/cancel")
@opens_to("operate", own=("everybody",))
def cancel(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.cancel(work, id, request.form.get("reason", ""))
    return _back(id, gettext("The process is cancelled. Everybody's tasks in it are closed."))


@blueprint.post("/process-instances/<uuid:id>/suspend")
@opens_to("operate")
def suspend(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.suspend(work, id, request.form.get("reason", ""))
    return _back(id, gettext("The process is suspended: nothing goes on until it is resumed."))


@blueprint.post("/process-instances/<uuid:id>/resume")
@opens_to("operate")
def resume(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        process_instances.resume(work, id, request.form.get("reason", ""))
    return _back(id, gettext("The process goes on."))


@blueprint.post("/process-instances/<uuid:id>/variables")
@opens_to("operate")
def set_variable(id: UUID) -> AnyResponse:
    """One variable, written as JSON."""
    name = request.form.get("name", "").strip()
    if not name:
        raise Invalid(why=Sentence("the variable needs a name."))
    with unit_of_work() as work:
        process_instances.set_variables(work, id, {name: _read(request.form.get("value", ""))})
    return _back(id, gettext("“%(name)s” is changed.", name=name))


def _read(text: str) -> Any:
    try:
        return sent_json.read(text.encode())
    except sent_json.NotJson:
        raise Invalid(why=Sentence('the value is not JSON. A text needs quotes: "text".')) from None


def _back(id: UUID, sentence: str) -> AnyResponse:
    flash(sentence, "success")
    return redirect(url_for("web.process_instances.show", id=id))
