"""What somebody asked for when they started a process: their start form, to be read again by them and by who operates."""

from __future__ import annotations

from engine import process_instances
from service.forms.rights import names
from service.identity.current import current_actor
from service.task_forms import start_form
from service.web.cases import Case
from service.web.form_values import Part, parts
from service.web.languages import language


def of_case(case: Case) -> tuple[Part, ...]:
    """Nothing without a start form, and nothing for people who only take part: they see what their tasks show."""
    if case.instance.initiator != current_actor().id and not current_actor().may("operate"):
        return ()
    form = start_form(case.work, case.definition, language=language())
    if form is None:
        return ()
    return parts(form.schema, process_instances.asked(case.work, case.stored, names(form.schema)))
