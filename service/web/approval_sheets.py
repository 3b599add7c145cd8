"""审批单: a case on one sheet of paper, with its values as a table and the approval record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, render_template

from engine import process_instances
from engine.definitions import process_definitions
from engine.people import user_tasks
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.task_forms import task_form
from service.unit_of_work import unit_of_work
from service.web import applications, form_values, records
from service.web.form_values import Part
from service.web.languages import language

blueprint = Blueprint("approval_sheets", __name__)


@blueprint.get("/user-tasks/<uuid:id>/sheet")
def of_task(id: UUID) -> str:
    """With the values that the task shows."""
    with unit_of_work() as work:
        task = user_tasks.get(work, id)
        form = task_form(work, task, language=language())
        instance = process_instances.get(work, task.process_instance_id)
        return _sheet(work, instance, form_values.parts(form.schema, form.values) if form else ())


@blueprint.get("/process-instances/<uuid:id>/sheet")
def of_instance(id: UUID) -> str:
    """With what was asked for at the start, for those who may see it."""
    with unit_of_work() as work:
        instance = process_instances.get(work, id)
        return _sheet(work, instance, applications.of_instance(work, instance))


def _sheet(work: UnitOfWork, instance: ProcessInstance, values: Sequence[Part]) -> str:
    return render_template(
        "approval_sheet.html",
        instance=instance,
        definition=process_definitions.get(work, instance.definition_id),
        parts=values,
        record=records.of_instance(work, instance),
        now=work.now,
    )
