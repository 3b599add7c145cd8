"""The inbox, and the page of one task."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.assignment.directory import Person
from engine.facts.errors import NotFound
from engine.people import user_tasks
from engine.people.user_tasks import GrantedTask
from engine.store.unit_of_work import UnitOfWork
from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.task_forms import task_form
from service.unit_of_work import unit_of_work
from service.web import attachments, definition_names, diagrams, navigation, outcomes, people, records
from service.web.addresses import with_filter
from service.web.cases import Case
from service.web.filters import ROWS, after, task_filter
from service.web.languages import language
from service.web.reasons import reasons
from service.web.task_state import Possible, possible, state_sentence

blueprint = Blueprint("user_tasks", __name__)


@blueprint.get("/user-tasks")
@opens_to("everybody")
def inbox() -> str:
    """One of the three lists; only its next rows when htmx asks for more."""
    filter = task_filter()
    with unit_of_work() as work:
        page = user_tasks.list_(work, filter.for_verb(work.now), after=after(), limit=ROWS)
        definitions = definition_names.newest(work)
        now = work.now
    shown = {"page": page, "filter": filter, "definitions": definitions, "now": now}
    if request.args.get("pane"):
        current = request.args.get("current", type=UUID)
        return render_template("inbox_pane.html", current=current, title=list_name(filter.list), **shown)
    is_part = bool(after() and request.headers.get("HX-Request"))
    more = with_filter(after=page.next)
    return render_template("inbox_rows.html" if is_part else "inbox.html", tabs=_tabs(), more_address=more, **shown)


def _tabs() -> tuple[tuple[str, str, int], ...]:
    counts = navigation.counts()
    numbers = {"mine": counts.mine, "claimable": counts.claimable, "done": counts.done}
    return tuple((code, list_name(code), number) for code, number in numbers.items())


def list_name(code: str) -> str:
    names = {"mine": gettext("Assigned to me"), "claimable": gettext("To claim"), "done": gettext("Done")}
    return names[code]


@blueprint.get("/user-tasks/<uuid:id>/next")
@opens_to("operate", own=("work",))
def next_(id: UUID) -> AnyResponse:
    """The task after this one in the list that the address tells; the list itself when it was the only one."""
    filter = task_filter()
    with unit_of_work() as work:
        task = user_tasks.get(work, id).task
        found = user_tasks.following(work, filter.for_verb(work.now), task) if filter.list != "done" else None
    if found is None:
        flash(gettext("There is no other task in this list."), "info")
        return redirect(url_for("web.user_tasks.inbox", **filter.address))
    return redirect(url_for("web.user_tasks.show", id=found.id, **filter.address))


@blueprint.get("/user-tasks/<uuid:id>")
@opens_to("operate", own=("work",))
def show(id: UUID) -> str:
    with unit_of_work() as work:
        granted = user_tasks.get(work, id)
        task = granted.task
        try:
            user_tasks.case(work, granted)
            shown = _everything_about(work, granted)
        except NotFound:  # a candidate once: somebody else has the task now, and the case is no longer theirs to read
            return render_template("task_elsewhere.html", task=task, sentence=state_sentence(task))
    return render_template("task.html", task=task, colleagues=_colleagues(shown["can"]), filter=task_filter(), **shown)


def _everything_about(work: UnitOfWork, granted: GrantedTask) -> dict[str, Any]:
    """What the page shows beside the task itself."""
    task, case = granted.task, Case(work, granted.instance)
    form = task_form(work, granted, language=language())
    return {
        "now": work.now,
        "instance": case.instance,
        "definition": case.definition_of(task.definition_id),
        "schema": form.schema if form else None,
        "values": form.values if form else {},
        "attachments_url": attachments.address_for_task(task),
        "attachments": case.record.attachments,
        "outcomes": outcomes.buttons(task),
        "comment_rule": task.facts.comment,
        "draft_comment": task.draft_comment or "",
        "record": records.of_case(case),
        "coming": records.coming(case),
        "sheets": diagrams.of_case(case, shown=task.definition_id),
        "can": possible(current_actor(), task),
        "why": reasons(task),
        "is_mine": task.assignee == current_actor().id,
        "state_sentence": state_sentence(task),
    }


def _colleagues(can: Possible) -> list[Person]:
    """Whom the task could be handed to."""
    if not can.assign:
        return []
    return [each for each in people.everybody() if each.may_work]
