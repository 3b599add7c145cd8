"""What an open page asks for now and then: how much waits, and whether its task is still to be done."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, jsonify

from engine.people import user_tasks
from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import navigation, notifications
from service.web.task_state import possible, state_sentence

blueprint = Blueprint("live", __name__)


@blueprint.get("/user-tasks/waiting")
@opens_to("everybody")
def waiting() -> Response:
    """The numbers that a page keeps up to date while it is open."""
    counts = navigation.counts()
    return jsonify(mine=counts.mine, claimable=counts.claimable, unread=notifications.unread())


@blueprint.get("/user-tasks/<uuid:id>/state")
@opens_to("operate", own=("work",))
def state(id: UUID) -> Response:
    """What somebody who has the page open should know: empty as long as they can go on."""
    with unit_of_work() as work:
        task = user_tasks.get(work, id).task
    return jsonify(sentence=state_sentence(task), canComplete=possible(current_actor(), task).complete)
