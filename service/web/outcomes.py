"""The buttons that complete a task."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from engine.facts.user_task_facts import Outcome
from engine.people.user_tasks import UserTask
from service.web.languages import named

STYLES = {"primary": "btn-primary", "danger": "btn-danger"}


@dataclass(frozen=True, slots=True)
class Button:
    """`comment` is required, optional or none; `css` the class of the style that the model asks for."""

    value: str
    name: str
    css: str
    comment: str


def buttons(task: UserTask) -> tuple[Button, ...]:
    """Those of the model, in its order; one button when it names none."""
    if not task.facts.outcomes:
        return (Button("", gettext("Submit"), STYLES["primary"], task.facts.comment),)
    return tuple(_button(outcome) for outcome in task.facts.outcomes)


def _button(outcome: Outcome) -> Button:
    return Button(outcome.value, named(outcome.name, outcome.name_en), STYLES.get(outcome.style, ""), outcome.comment)
