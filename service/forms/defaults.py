"""Values a form begins with: who asks, and when; `"properties": {"default": "initiator" | "now"}` on a field still empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.forms.localisation import Schema

#: form-js's subtypes of a date field → how their values are written.
MOMENTS = {"date": "%Y-%m-%d", "time": "%H:%M"}


def with_defaults(schema: Schema, values: Mapping[str, Any], *, initiator: str, now: datetime) -> dict[str, Any]:
    """The values with the defaults of empty fields; `now` in the zone of the company; `initiator` is empty when nobody asks."""
    filled = dict(values)
    for component in schema.get("components", ()):
        if component.get("type") == "group" and not component.get("path"):
            filled = with_defaults(component, filled, initiator=initiator, now=now)
            continue
        wish, key = component.get("properties", {}).get("default"), component.get("key")
        if key and filled.get(key) in (None, ""):
            if wish == "now":
                filled[key] = _moment(component, now)
            elif wish == "initiator" and initiator:
                filled[key] = initiator
    return filled


def _moment(component: Schema, now: datetime) -> str:
    pattern = MOMENTS.get(component.get("subtype", ""))
    return now.strftime(pattern) if pattern else now.isoformat(timespec="minutes")
