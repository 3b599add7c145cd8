"""The buttons that complete a task, and the names of what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from engine.user_tasks import UserTask
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


def outcome_name(task: UserTask) -> str:
    """What was decided, as its button said it; empty when there was no choice."""
    found = next((each for each in task.facts.get("outcomes") or () if each["value"] == task.outcome), None)
    return _name(found) if found else task.outcome or ""


def is_negative(task: UserTask) -> bool:
    """Whether the button for what was decided warned."""
    return any(each["value"] == task.outcome and each.get("style") == "danger" for each in task.facts.get("outcomes") or ())


def _name(outcome: Mapping[str, Any]) -> str:
    return named(str(outcome.get("name") or outcome["value"]), str(outcome.get("name_en") or outcome.get("nameEn") or ""))
