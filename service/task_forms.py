"""The form of a user task or of a start, as one person sees it, and the check of what they send.

The pages and the API go through here, so both show the same fields and refuse the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

from engine.definitions import forms
from engine.definitions.forms import FormDefinition, StartReview
from engine.facts.errors import Problem, VariablesRefused
from engine.facts.sentences import Sentence
from engine.people import user_tasks
from engine.people.user_tasks import GrantedTask, Review
from engine.store.process_definitions import ProcessDefinition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.forms import compiled_forms, defaults, rights, sources
from service.forms.files import file_fields
from service.forms.judging import CompiledForm
from service.forms.localisation import Language, localised
from service.forms.rights import Rights
from service.forms.sources import Company
from service.parts import current_parts
from service.task_files import file_problems

Values = Mapping[str, Any]

#: Told of one submission: nobody reads thousands, and they are megabytes.
MOST_PROBLEMS = 100

#: Asked only when form-js itself judges: to know what a request would like to read costs more than most steps have to tell.
Asked = Callable[[], Language]


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form-js schema in the reader's language, cut to what they may see, its pickers filled; and the values it begins with."""

    key: str
    schema: dict[str, Any]
    values: dict[str, Any]
    rights: Rights


def task_form(work: UnitOfWork, granted: GrantedTask, *, language: Language) -> ShownForm | None:
    """None when the task has no form. A draft goes before the values of the process, as far as fields can be filled in."""
    task = granted.task
    form = forms.of_task(work, task)
    if form is None:
        return None
    access = task.facts.access()
    values = {**user_tasks.variables(work, granted), **_fillable(form, access, task.draft or {})}
    return _shown(work, form, access, values, granted.instance.row.initiator, language)


def start_form(
    work: UnitOfWork, definition: ProcessDefinition, *, language: Language, element: str | None = None
) -> ShownForm | None:
    """Of the start by hand, or of the start event `element`, which nobody fills in. None when that has no form."""
    form = forms.of_start(work, definition, element)
    initiator = work.actor.id if element is None else ""
    return None if form is None else _shown(work, form, {}, {}, initiator, language)


def check_task_form(work: UnitOfWork, granted: GrantedTask, values: Values, *, language: Asked) -> Values:
    """The values that the task may write, or VariablesRefused with every problem. Without a form anything goes."""
    task = granted.task
    form = forms.of_task(work, task)
    if form is None:
        return values
    compiled = compiled_forms.compiled(form.id, form.schema, task.facts.access())
    if compiled is None:
        shown = task_form(work, granted, language=language())
        return _checked(work, shown, values, language(), instance=granted.instance.row)
    known, instance = user_tasks.variables(work, granted), granted.instance.row
    return _judged(work, compiled, values, known, draft=task.draft, instance=instance)


def check_start_form(
    work: UnitOfWork, definition: ProcessDefinition, values: Values, *, language: Asked, element: str | None = None
) -> Values:
    """The values of the start form, or VariablesRefused with every problem. Without a form anything goes."""
    form = forms.of_start(work, definition, element)
    if form is None:
        return values
    compiled = compiled_forms.compiled(form.id, form.schema, {})
    if compiled is None:
        shown = start_form(work, definition, language=language(), element=element)
        return _checked(work, shown, values, language())
    initiator = work.actor.id if element is None else ""
    return _judged(work, compiled, values, {}, initiator=initiator)


def reviewer(work: UnitOfWork, *, language: Asked) -> Review:
    """What `user_tasks.complete` asks, once it has read the task, about the submitted values."""

    def review(granted: GrantedTask, values: Values) -> Values:
        return check_task_form(work, granted, values, language=language)

    return review


def draft_reviewer(work: UnitOfWork) -> Review:
    """What `user_tasks.save_draft` asks: answers the values that the fields of the task can hold; rules are for later."""

    def review(granted: GrantedTask, values: Values) -> Values:
        form = forms.of_task(work, granted.task)
        if form is None:
            return values
        access = granted.task.facts.access()
        compiled = compiled_forms.compiled(form.id, form.schema, access)
        if compiled is not None:
            return compiled.holdable(values, user_tasks.variables(work, granted), company=_company(work), now=_now(work))
        return _fillable(form, access, values)

    return review


def start_reviewer(work: UnitOfWork, *, language: Asked) -> StartReview:
    """What the verbs that start a process ask, once they have read its definition, about the submitted values."""

    def review(definition: ProcessDefinition, element: str | None, values: Values) -> Values:
        return check_start_form(work, definition, values, language=language, element=element)

    return review


def start_reviews(language: Asked) -> Callable[[UnitOfWork], StartReview]:
    """For those who open the unit of work themselves."""
    return partial(start_reviewer, language=language)


def _shown(
    work: UnitOfWork, form: FormDefinition, access: Rights, values: Values, initiator: str, language: Language
) -> ShownForm:
    schema = rights.permitted(localised(form.schema, language), access)
    filled = defaults.with_defaults(schema, values, initiator=initiator, now=_now(work))
    visible = rights.shown(filled, schema, access)
    return ShownForm(form.key, sources.with_options(schema, _company(work), language, visible), visible, access)


def _fillable(form: FormDefinition, access: Rights, draft: Values) -> Values:
    """Of a draft, what the fields of the form can be filled in with."""
    schema = rights.permitted(form.schema, access)
    names = rights.names(schema) - rights.only_shown(schema)
    return {name: value for name, value in draft.items() if name in names}


def _company(work: UnitOfWork) -> Company:
    """Every unit of work of the service is opened with the whole organisation as its directory."""
    return cast(Company, work.directory)


def _now(work: UnitOfWork) -> datetime:
    """In the zone of the company."""
    return work.now.astimezone(work.zone)


def _judged(
    work: UnitOfWork,
    form: CompiledForm,
    values: Values,
    known: Values,
    *,
    initiator: str = "",
    instance: ProcessInstance | None = None,
    draft: Values | None = None,
) -> Values:
    initiator = initiator if instance is None else instance.initiator
    clean, problems = form.judge(values, known, draft=draft, company=_company(work), now=_now(work), initiator=initiator)
    if form.files:
        problems += file_problems(work, form.files, clean, known, instance=instance)
    _refuse(problems)
    return clean


def _checked(
    work: UnitOfWork, form: ShownForm | None, values: Values, language: Language, *, instance: ProcessInstance | None = None
) -> Values:
    """By form-js itself, in V8."""
    if form is None:
        return values
    sent, _ = rights.writable(values, form.rights)
    known = {name: value for name, value in form.values.items() if name not in sent}
    clean, problems = current_parts().forms.validate(form.schema, sent, known=known, language=language)
    problems += file_problems(work, file_fields(form.schema), clean, form.values, instance=instance)
    _refuse(problems)
    return rights.writable(clean, form.rights)[0]


def _refuse(problems: Sequence[Problem]) -> None:
    """With the first of them, and how many there are."""
    if not problems:
        return
    told = tuple(problems[:MOST_PROBLEMS])
    if left := len(problems) - len(told):
        told += (
            Problem(
                "more",
                Sentence(
                    "There {count:is|are} {count:,} more {count:problem; correct the others|problems; correct these} first.",
                    count=left,
                ),
            ),
        )
    raise VariablesRefused(count=len(problems), problems=told)
