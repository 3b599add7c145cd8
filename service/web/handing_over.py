"""All open tasks of one person, and giving them to another: for who operates."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from engine import access
from engine.assignment.directory import Person
from engine.facts.errors import Invalid, NotFound, Refusal
from engine.facts.sentences import Sentence
from engine.people import stranded_tasks
from engine.people.handing_over import HandedOver, hand_over
from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.parts import current_parts
from service.unit_of_work import unit_of_work
from service.web import definition_names, people
from service.web.errors import sentence_of

#: So many are given at once: each is a transaction, and a page should not wait for minutes.
AT_ONCE = 500
#: So many of those that could not be given are told.
TOLD = 50

blueprint = Blueprint("handing_over", __name__)


@blueprint.get("/organisation/<key>")
@opens_to("operate")
def show(key: str) -> str:
    return _page(key)


@blueprint.post("/organisation/<key>/hand-over")
@opens_to("operate")
def give(key: str) -> AnyResponse | tuple[str, int] | str:
    """Back to the page, which tells what could not be given, one by one."""
    with unit_of_work() as work:
        access.right(work, "operate", to=Sentence("hand over the tasks of others"))
    _known(key)
    to = people.chosen(request.form.get("person", ""))
    try:
        found = hand_over(current_parts().opener(), current_actor(), key, to, most=AT_ONCE)
    except Invalid as refusal:
        return _page(key, to=to, refusal=refusal), 422
    if found.done:
        said = ngettext(
            "%(who)s has %(num)d task more now.", "%(who)s has %(num)d tasks more now.", found.done, who=people.person_name(to)
        )
        flash(said, "success")
    if found.refused:
        return _page(key, to=to, outcome=found)
    return redirect(url_for("web.handing_over.show", key=key))


def _known(key: str) -> Person:
    person = people.find_person(key)
    if person is None:
        raise NotFound(kind=Sentence("person"), id=key)
    return person


def _page(key: str, *, to: str = "", refusal: Refusal | None = None, outcome: HandedOver | None = None) -> str:
    with unit_of_work() as work:
        # Who may not see it hears of that before of who is there.
        held = Counter((task.key, task.name, task.name_en) for task in stranded_tasks.held_by(work, key))
        definitions = definition_names.newest(work)
    person = _known(key)
    return render_template(
        "hand_over.html",
        person=person,
        held=held,
        count=held.total(),
        definitions=definitions,
        colleagues=[each for each in people.everybody() if each.may_work and each.id != key],
        to=to,
        refusal=sentence_of(refusal) if refusal else "",
        refused=outcome.refused[:TOLD] if outcome else (),
        refused_count=len(outcome.refused) if outcome else 0,
    )
