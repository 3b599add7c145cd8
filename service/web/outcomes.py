"""The buttons that complete a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

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
    rule = str(task.facts.get("comment") or "optional")
    offered = task.facts.get("outcomes") or ()
    if not offered:
        return (Button("", gettext("Submit"), STYLES["primary"], rule),)
    return tuple(_button(outcome, rule) for outcome in offered)


def _button(outcome: Mapping[str, Any], rule: str) -> Button:
    style = STYLES.get(str(outcome.get("style")), "")
    return Button(outcome["value"], _name(outcome), style, outcome.get("comment") or rule)


def _name(outcome: Mapping[str, Any]) -> str:
    return named(str(outcome.get("name") or outcome["value"]), str(outcome.get("name_en") or outcome.get("nameEn") or ""))
