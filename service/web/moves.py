"""Moving a process instance by hand: which steps are left, where it goes on, what that would do. For those who operate."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import process_instances
from engine.bpmn import TokenFacts
from engine.definitions import process_definitions
from engine.facts.errors import Invalid, Refusal
from engine.facts.sentences import Sentence
from engine.operating import moves
from engine.operating.moves import MovePlace, MoveTarget
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import diagrams
from service.web.cases import Case
from service.web.errors import sentence_of
from service.web.histories import Names
from service.web.languages import named

PLACES: tuple[MovePlace, ...] = get_args(MovePlace)

blueprint = Blueprint("moves", __name__)


@blueprint.get("/process-instances/<uuid:id>/move")
@opens_to("operate")
def form(id: UUID) -> str:
    with unit_of_work() as work:
        case = Case(work, moves.movable(work, id))
        instance, definition = case.instance, case.definition
        names = Names(case)
        tokens = [] if instance.is_ended else _named(process_instances.tokens(work, case.stored), names)
        elements = process_definitions.elements(work, definition).values()
        sheets = diagrams.of_case(case)
    return render_template(
        "move.html",
        instance=instance,
        definition=definition,
        tokens=tokens,
        targets=[(each.id, named(each.name, each.name_en) or each.id) for each in elements if each.kind != "boundaryEvent"],
        sheets=sheets,
    )


@blueprint.post("/process-instances/<uuid:id>/move/preview")
@opens_to("operate")
def preview(id: UUID) -> str:
    """A part of the page: what goes, stays and comes, or why it cannot be. Nothing is changed."""
    with unit_of_work() as work:
        case = Case(work, moves.movable(work, id))
        names = Names(case)
        try:
            found = moves.preview(work, case.stored, cancel=_cancelled(), start=_started())
        except Refusal as refusal:
            return render_template("move_preview.html", refusal=sentence_of(refusal))
        steps = [_named(tokens, names) for tokens in (found.going, found.coming, found.staying)]
    return render_template("move_preview.html", refusal="", going=steps[0], coming=steps[1], staying=steps[2], ends=found.ends)


@blueprint.post("/process-instances/<uuid:id>/move")
@opens_to("operate")
def move(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        moves.move(work, id, cancel=_cancelled(), start=_started(), why=request.form.get("reason", ""))
    flash(gettext("The process is moved."), "success")
    return redirect(url_for("web.process_instances.show", id=id))


def _cancelled() -> list[int | str]:
    """Numbers of tokens."""
    try:
        return [int(number) for number in request.form.getlist("cancel")]
    except ValueError:
        raise Invalid(why=Sentence("the page sent something else than values. Reload it and try again.")) from None


def _started() -> list[MoveTarget]:
    element, place = request.form.get("element", ""), request.form.get("place", "")
    if not element:
        return []
    return [MoveTarget(element, place if place in PLACES else "before")]


def _named(tokens: tuple[TokenFacts, ...], names: Names) -> list[tuple[int, str]]:
    """Number and name of each; those kept back at a gateway have no number."""
    return [(each.token, names.of(each.element, each.definition)) for each in tokens if each.token]
