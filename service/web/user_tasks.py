"""The inbox, and the page of one task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext

from engine import process_definitions, process_instances, user_tasks
from engine.actor import Actor
from engine.assignment.directory import Person
from engine.store.unit_of_work import UnitOfWork
from engine.user_tasks import UserTask
from service.identity.current import current_actor
from service.task_forms import task_form
from service.unit_of_work import unit_of_work
from service.web import attachments, definition_names, diagrams, navigation, outcomes, people, records
from service.web.addresses import with_filter
from service.web.filters import ROWS, TaskFilter, after, task_filter
from service.web.formats import moment
from service.web.languages import language
from service.web.reasons import reasons

blueprint = Blueprint("user_tasks", __name__)


@dataclass(frozen=True, slots=True)
class Possible:
    """Which buttons the page has; the verbs decide again."""

    complete: bool
    claim: bool
    unclaim: bool
    assign: bool


@blueprint.get("/user-tasks")
def inbox() -> str:
    """One of the three lists; only its next rows when htmx asks for more."""
    filter = task_filter()
    with unit_of_work() as work:
        page = user_tasks.list_(work, filter.for_verb(), after=after(), limit=ROWS)
        definitions = definition_names.newest(work)
        now = work.now
    template = "inbox_rows.html" if after() and request.headers.get("HX-Request") else "inbox.html"
    more = with_filter(after=page.next)
    return render_template(
        template, page=page, filter=filter, definitions=definitions, tabs=_tabs(filter), now=now, more_address=more
    )


def _tabs(filter: TaskFilter) -> tuple[tuple[str, str, int], ...]:
    counts = navigation.counts()
    return (
        ("mine", gettext("Assigned to me"), counts.mine),
        ("claimable", gettext("To claim"), counts.claimable),
        ("done", gettext("Done"), counts.done),
    )


@blueprint.get("/user-tasks/<uuid:id>")
def show(id: UUID) -> str:
    with unit_of_work() as work:
        task = user_tasks.get(work, id)
        shown = _everything_about(work, task)
    return render_template("task.html", task=task, colleagues=_colleagues(shown["can"]), **shown)


def _everything_about(work: UnitOfWork, task: UserTask) -> dict[str, Any]:
    """What the page shows beside the task itself."""
    instance = process_instances.get(work, task.process_instance_id)
    form = task_form(work, task, language=language())
    return {
        "now": work.now,
        "instance": instance,
        "definition": process_definitions.get(work, task.definition_id),
        "schema": form.schema if form else None,
        "values": form.values if form else {},
        "attachments_url": attachments.address_for_task(task),
        "attachments": attachments.of_instance(work, instance.id),
        "outcomes": outcomes.buttons(task),
        "comment_rule": task.facts.get("comment") or "optional",
        "draft_comment": "",
        "record": records.of_instance(work, instance),
        "sheets": diagrams.of_instance(work, instance, shown=task.definition_id),
        "can": possible(current_actor(), task),
        "why": reasons(task),
        "is_mine": task.assignee == current_actor().id,
        "closed_sentence": _closed(task),
    }


def possible(actor: Actor, task: UserTask) -> Possible:
    """As engine.access has it, for buttons."""
    is_mine = task.is_open and task.assignee == actor.id
    is_free = task.is_open and task.assignee is None
    is_candidate = is_free and not actor.groups.isdisjoint(task.candidates)
    steers = task.is_open and (is_mine or actor.may("operate"))
    return Possible(
        complete=is_mine or is_candidate,
        claim=is_candidate,
        unclaim=steers and task.assignee is not None and bool(task.candidates),
        assign=steers,
    )


def _colleagues(can: Possible) -> list[Person]:
    """Whom the task could be handed to."""
    if not can.assign:
        return []
    return people.everybody()


def _closed(task: UserTask) -> str:
    if task.status == "completed":
        at = moment(task.completed_at).striptags()
        return gettext("%(who)s completed this task: %(at)s.", who=people.person_name(task.completed_by), at=at)
    return gettext("This task is closed: the process went another way.") if task.status == "cancelled" else ""
