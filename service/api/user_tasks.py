"""The work of people: list, get, form, claim, unclaim, assign, draft, complete."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response

from engine.facts.errors import NotFound
from engine.facts.sentences import Sentence
from engine.people import user_tasks
from engine.people.user_tasks import UserTask, UserTaskFilter, UserTaskItem
from engine.store.paging import Page
from service.api.language import language
from service.api.routes import VALUES, Routes, json_response
from service.api.schemas.directions import Nothing
from service.api.schemas.pages import parted
from service.api.schemas.user_tasks import (
    Assignment,
    Completed,
    Completion,
    Draft,
    DraftKept,
    FormShown,
    UserTaskDetails,
    UserTaskPage,
    UserTaskQuery,
)
from service.identity.openings import opens_to
from service.task_forms import ShownForm, draft_reviewer, reviewer, task_form
from service.unit_of_work import unit_of_work

routes = Routes("user tasks", __name__, url_prefix="/user-tasks", description="The work of people.")


@routes.get("")
@opens_to("everybody")
@routes.query(UserTaskQuery)
@routes.answers(200, UserTaskPage)
def list_(query: dict[str, Any]) -> Page[UserTaskItem]:
    """User tasks you may see: yours, those you may claim, and with the right to operate everybody's."""
    wanted, page = parted(query)
    if wanted["status"] == "all":
        wanted["status"] = None
    with unit_of_work() as work:
        return user_tasks.list_(work, UserTaskFilter(**wanted), **page)


@routes.get("/<uuid:id>")
@opens_to("operate", own=("work",))
@routes.answers(200, UserTaskDetails)
def get(id: uuid.UUID) -> UserTask:
    """One user task."""
    with unit_of_work() as work:
        return user_tasks.get(work, id).task


@routes.get("/<uuid:id>/form")
@opens_to("operate", own=("work",))
@routes.answers(200, FormShown)
def form(id: uuid.UUID) -> ShownForm:
    """Its form and the values the form shows; what the task may not see is left out."""
    with unit_of_work() as work:
        found = task_form(work, user_tasks.get(work, id), language=language())
    if found is None:
        raise NotFound(kind=Sentence("form of user task"), id=str(id))
    return found


@routes.get("/<uuid:id>/variables")
@opens_to("operate", own=("work",))
@routes.describes(**VALUES)
def variables(id: uuid.UUID) -> Response:
    """The variables at the task, without those it may not see."""
    with unit_of_work() as work:
        return json_response(user_tasks.variables(work, user_tasks.get(work, id)))


@routes.post("/<uuid:id>/claim")
@opens_to(own=("work",))
@routes.body(Nothing)
@routes.answers(200, UserTaskDetails)
def claim(_: dict[str, Any], id: uuid.UUID) -> UserTask:
    """From now on it is yours."""
    with unit_of_work() as work:
        return user_tasks.claim(work, id)


@routes.post("/<uuid:id>/unclaim")
@opens_to("operate", own=("work",))
@routes.body(Nothing)
@routes.answers(200, UserTaskDetails)
def unclaim(_: dict[str, Any], id: uuid.UUID) -> UserTask:
    """It returns to its candidates."""
    with unit_of_work() as work:
        return user_tasks.unclaim(work, id)


@routes.post("/<uuid:id>/assign")
@opens_to("operate", own=("work",))
@routes.body(Assignment, example={"person": "li.na"})
@routes.answers(200, UserTaskDetails)
def assign(body: dict[str, Any], id: uuid.UUID) -> UserTask:
    """Gives it to a person."""
    with unit_of_work() as work:
        return user_tasks.assign(work, id, body["person"])


@routes.post("/<uuid:id>/draft")
@opens_to(own=("work",))
@routes.body(Draft, example={"variables": {"amount": 1200}})
@routes.answers(200, DraftKept)
def save_draft(body: dict[str, Any], id: uuid.UUID) -> Response:
    """Keeps what is filled in so far, and says what of it no field of the task could hold."""
    with unit_of_work() as work:
        dropped = user_tasks.save_draft(work, id, body["variables"], body["comment"], review=draft_reviewer(work))
    return json_response({"dropped": dropped})


@routes.post("/<uuid:id>/complete")
@opens_to(own=("work",))
@routes.body(Completion, example={"variables": {"amount": 1200}, "outcome": "approve", "comment": "同意"})
@routes.answers(200, Completed)
def complete(body: dict[str, Any], id: uuid.UUID) -> Response:
    """It is done and the process goes on. Twice is refused with 409, saying who and when."""
    with unit_of_work() as work:
        done = user_tasks.complete(work, id, **body, review=reviewer(work, language=language))
    return json_response({"processInstanceId": done.process_instance_id, "status": done.status, "dropped": done.dropped})
