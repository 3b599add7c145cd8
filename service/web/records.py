"""审批记录 for people: the engine's record in the words of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from engine.people import user_tasks
from engine.people.attachments import Attachment
from engine.process_instances import Entry, ProcessInstance
from service.web import people
from service.web.cases import Case
from service.web.formats import span
from service.web.languages import named


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the record. `who` is a name or, while nobody has the task, all that could take it."""

    who: str
    person: str | None
    action: str
    name: str
    at: datetime
    #: Where somebody works who has started the process.
    place: str = ""
    comment: str = ""
    took: str = ""
    due_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    is_waiting: bool = False
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class ComingStep:
    """A step that certainly follows, and the lane it lies in."""

    name: str
    lane: str


def of_case(case: Case) -> tuple[Step, ...]:
    """From the start to the steps that wait; tasks that nobody needed any more are left out."""
    entries = [entry for entry in case.record.entries if entry.action != "withdrawn"]
    instance = case.instance
    steps = [_step(entry) for entry in entries]
    return (*steps, _end(instance, instance.ended_at)) if instance.ended_at else tuple(steps)


def coming(case: Case) -> tuple[ComingStep, ...]:
    """Up to the next decision; nothing once the process has ended."""
    steps = user_tasks.coming(case.work, case.record.waiting)
    return tuple(ComingStep(named(step.name or step.id, step.name_en), people.role_name(step.lane)) for step in steps)


def _step(entry: Entry) -> Step:
    is_waiting = entry.action == "waiting"
    return Step(
        who=_who(entry),
        person=entry.person,
        action=_action(entry),
        name=named(entry.name, entry.name_en) or (gettext("Start") if entry.action == "started" else ""),
        place=_place(entry),
        at=entry.at,
        comment=_comment(entry),
        took=_took(entry),
        due_at=entry.due_at if is_waiting else None,
        attachments=tuple(entry.attachments),
        is_waiting=is_waiting,
        is_negative=entry.outcome_style == "danger",
    )


def _comment(entry: Entry) -> str:
    """What somebody said; of a task that was given to somebody, to whom."""
    if entry.action in ("assigned", "forwarded"):
        return people.holder_name(entry.comment, entry.candidates)
    return entry.comment or ""


def _place(entry: Entry) -> str:
    person = people.find_person(entry.person) if entry.action == "started" else None
    return people.place_of(person) if person else ""


def _who(entry: Entry) -> str:
    if entry.action == "waiting":
        return people.holder_name(entry.person, entry.candidates)
    return people.person_name(entry.person)


def _action(entry: Entry) -> str:
    if entry.action == "completed":
        return named(entry.outcome_name, entry.outcome_name_en) or gettext("done")
    if entry.action == "waiting":
        return gettext("in progress") if entry.person else gettext("to be claimed")
    words = {
        "started": gettext("started"),
        "assigned": gettext("handed over to"),
        "forwarded": gettext("handed on"),
        "cancelled": gettext("cancelled"),
        "suspended": gettext("suspended"),
        "resumed": gettext("resumed"),
        "changed": gettext("changed variables"),
    }
    return words.get(entry.action, entry.action)


def _took(entry: Entry) -> str:
    if entry.spent is None:
        return ""
    if entry.action == "waiting":
        return gettext("waiting for %(span)s", span=span(entry.spent))
    return gettext("took %(span)s", span=span(entry.spent))


def _end(instance: ProcessInstance, at: datetime) -> Step:
    words = {
        "completed": gettext("finished"),
        "cancelled": gettext("cancelled"),
        "terminated": gettext("terminated"),
        "error": gettext("ended by an error"),
    }
    return Step(gettext("Process"), None, words.get(instance.outcome or "", ""), "", at)
