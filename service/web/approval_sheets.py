"""审批单: a case on one sheet of paper, with its values as a table and the approval record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template

from engine import process_instances
from engine.people import user_tasks
from service.identity.openings import opens_to
from service.task_forms import task_form
from service.unit_of_work import unit_of_work
from service.web import applications, form_values, records
from service.web.cases import Case
from service.web.form_values import Part
from service.web.languages import language

blueprint = Blueprint("approval_sheets", __name__)


@blueprint.get("/user-tasks/<uuid:id>/sheet")
@opens_to("operate", own=("work",))
def of_task(id: UUID) -> str:
    """With the values that the task shows."""
    with unit_of_work() as work:
        granted = user_tasks.get(work, id)
        user_tasks.case(work, granted)
        form = task_form(work, granted, language=language())
        return _sheet(Case(work, granted.instance), form_values.parts(form.schema, form.values) if form else ())


@blueprint.get("/process-instances/<uuid:id>/sheet")
@opens_to("operate", own=("everybody",))
def of_instance(id: UUID) -> str:
    """With what was asked for at the start, for those who may see it."""
    with unit_of_work() as work:
        case = Case(work, process_instances.get_with_state(work, id))
        return _sheet(case, applications.of_case(case))


def _sheet(case: Case, values: Sequence[Part]) -> str:
    return render_template(
        "approval_sheet.html",
        instance=case.instance,
        definition=case.definition,
        parts=values,
        record=records.of_case(case),
        now=case.work.now,
    )
