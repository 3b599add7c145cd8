"""What people do with a task: claim, give back, hand over, keep a draft, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.people import user_tasks
from engine.people.user_tasks import UserTask, UserTaskItem
from service.identity.openings import opens_to
from service.task_forms import draft_reviewer, reviewer
from service.unit_of_work import unit_of_work
from service.web.filters import task_filter
from service.web.languages import language, named
from service.web.people import chosen, person_name
from service.web.scripts import sent_by_script

blueprint = Blueprint("task_actions", __name__)


@blueprint.post("/user-tasks/<uuid:id>/claim")
@opens_to(own=("work",))
def claim(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        user_tasks.claim(work, id)
    flash(gettext("The task is yours now."), "success")
    return redirect(url_for("web.user_tasks.show", id=id, **task_filter().address))


@blueprint.post("/user-tasks/<uuid:id>/unclaim")
@opens_to("operate", own=("work",))
def unclaim(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        user_tasks.unclaim(work, id)
    flash(gettext("The task is back with all its candidates."), "success")
    return redirect(url_for("web.user_tasks.inbox", list="claimable"))


@blueprint.post("/user-tasks/<uuid:id>/assign")
@opens_to("operate", own=("work",))
def assign(id: UUID) -> AnyResponse:
    person = chosen(request.form.get("person", ""))
    with unit_of_work() as work:
        user_tasks.assign(work, id, person)
    flash(gettext("%(who)s has the task now.", who=person_name(person)), "success")
    return redirect(url_for("web.user_tasks.inbox"))


@blueprint.post("/user-tasks/<uuid:id>/draft")
@opens_to(own=("work",))
def save_draft(id: UUID) -> Response:
    """With the moment by the clock of the company, as the rest of the page has it."""
    sent = _sent()
    with unit_of_work() as work:
        user_tasks.save_draft(work, id, _object(sent.get("data")), _text(sent.get("comment")), review=draft_reviewer(work))
        at = format_time(work.now, "HH:mm")
    return jsonify(saved=True, at=at)


@blueprint.post("/user-tasks/<uuid:id>/complete")
@opens_to(own=("work",))
def complete(id: UUID) -> Response:
    """Where to go next, for the script of the page; refusals are answered as JSON with the problems of each field."""
    sent = _sent()
    with unit_of_work() as work:
        done = user_tasks.complete(
            work,
            id,
            _object(sent.get("variables")),
            outcome=_text(sent.get("outcome")),
            comment=_text(sent.get("comment")),
            review=reviewer(work, language=language),
        )
    following = _following(done.user_task) if sent.get("goesOn") else None
    name = named(done.user_task.name, done.user_task.name_en)
    if following is None:
        flash(gettext("“%(name)s” is done.", name=name), "success")
        return jsonify(next=url_for("web.user_tasks.inbox"))
    flash(gettext("“%(name)s” is done. This is the next task.", name=name), "success")
    return jsonify(next=url_for("web.user_tasks.show", id=following.id, **task_filter().address))


def _following(task: UserTask) -> UserTaskItem | None:
    """In the list that the task was opened from, which the address of the page tells."""
    filter = task_filter()
    with unit_of_work() as work:
        return user_tasks.following(work, filter.for_verb(work.now), task) if filter.list != "done" else None


def _sent() -> Mapping[str, Any]:
    return sent_by_script()


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Invalid(why=Sentence("the page sent something else than values. Reload it and try again."))
    return value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
