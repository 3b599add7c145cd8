"""The form of a user task or of a start, as one person sees it, and the check of what they send.

The pages and the API go through here, so both show the same fields and refuse the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from engine import forms, process_instances, user_tasks
from engine.errors import VariablesRefused
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork
from engine.store.user_tasks import UserTask
from service.forms import defaults, rights, sources
from service.forms.localisation import localised
from service.forms.rights import Rights
from service.forms.validation import Language
from service.identity.current import current_caller
from service.parts import current_parts

Values = Mapping[str, Any]
Review = Callable[[UserTask, Values], Values]
StartReview = Callable[[ProcessDefinition, Values], Values]


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form-js schema in the reader's language, cut to what they may see, its pickers filled; and the values it begins with."""

    key: str
    schema: dict[str, Any]
    values: dict[str, Any]
    rights: Rights


def task_form(work: UnitOfWork, task: UserTask, *, language: Language) -> ShownForm | None:
    """None when the task has no form. A draft goes before the values of the process."""
    if task.form is None:
        return None
    access: Rights = {field["name"]: field["access"] for field in task.facts.get("fields", ())}
    values = {**user_tasks.variables(work, task.id), **(task.draft or {})}
    initiator = process_instances.get(work, task.process_instance_id).initiator
    return _shown(work, task.form, access, values, initiator, language)


def start_form(work: UnitOfWork, definition: ProcessDefinition, *, language: Language) -> ShownForm | None:
    """None when the process starts without a form."""
    if definition.start_form is None:
        return None
    return _shown(work, definition.start_form, {}, {}, work.actor.id, language)


def check_task_form(work: UnitOfWork, task: UserTask, values: Values, *, language: Language) -> Values:
    """The values that the task may write, or VariablesRefused with every problem. Without a form anything goes."""
    return _checked(task_form(work, task, language=language), values, language)


def check_start_form(work: UnitOfWork, definition: ProcessDefinition, values: Values, *, language: Language) -> Values:
    """The values of the start form, or VariablesRefused with every problem. Without a form anything goes."""
    return _checked(start_form(work, definition, language=language), values, language)


def reviewer(work: UnitOfWork, *, language: Language) -> Review:
    """What `user_tasks.complete` asks, once it has read the task, about the submitted values."""
    return lambda task, values: values if task.form is None else check_task_form(work, task, values, language=language)


def start_reviewer(work: UnitOfWork, *, language: Language) -> StartReview:
    """What `process_instances.start` asks, once it has read the definition, about the submitted values."""
    return lambda definition, values: check_start_form(work, definition, values, language=language)


def _shown(work: UnitOfWork, key: str, access: Rights, values: Values, initiator: str, language: Language) -> ShownForm:
    now = work.now.astimezone(ZoneInfo(current_parts().settings.time_zone))
    schema = rights.permitted(localised(forms.get(work, key).schema, language), access)
    filled = defaults.with_defaults(schema, values, initiator=initiator, now=now)
    visible = rights.shown(filled, schema, access)
    return ShownForm(key, sources.with_options(schema, current_caller().organisation, language, visible), visible, access)


def _checked(form: ShownForm | None, values: Values, language: Language) -> Values:
    if form is None:
        return values
    sent, _ = rights.writable(values, form.rights)
    known = {name: value for name, value in form.values.items() if name not in sent}
    clean, problems = current_parts().forms.validate(form.schema, sent, known=known, language=language)
    if problems:
        raise VariablesRefused(count=len(problems), problems=problems)
    return rights.writable(clean, form.rights)[0]
