"""Events as compact JSON for the history: `{"type": "UserTaskCreated", "token": 3, "element": "approve"}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from engine.facts import events as happened
from engine.facts.events import Event

_ALWAYS = {field.name for field in fields(Event)}
#: Kept in rows of their own, or of no interest later.
_LEFT_OUT = {
    happened.UserTaskCreated: {field.name for field in fields(happened.UserTaskCreated)},
    happened.JobCreated: {"inputs", "retries"},
}


def _names(kind: type[Event]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _ALWAYS | _LEFT_OUT.get(kind, set()))


_KINDS = {
    kind: (kind.__name__, _names(kind)) for kind in vars(happened).values() if isinstance(kind, type) and issubclass(kind, Event)
}


def as_json(events: Iterable[Event], definition: str) -> list[dict[str, Any]]:
    """The definition stands only at events of a called process."""
    return [_event(event, definition) for event in events]


def _event(event: Event, definition: str) -> dict[str, Any]:
    kind, names = _KINDS[type(event)]
    values: dict[str, Any] = {"type": kind, "token": event.token, "element": event.element}
    if event.definition != definition:
        values["definition"] = event.definition
    for name in names:
        value = getattr(event, name)
        if value is not None and value != ():
            values[name] = value.isoformat() if isinstance(value, datetime) else value
    return values
