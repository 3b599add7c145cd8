"""Values a form begins with: who asks, and when; `"properties": {"default": "initiator" | "now"}` on a field still empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.forms.localisation import Schema

#: form-js's subtypes of a date field → how their values are written.
MOMENTS = {"date": "%Y-%m-%d", "time": "%H:%M"}


def with_defaults(schema: Schema, values: Mapping[str, Any], *, initiator: str, now: datetime) -> dict[str, Any]:
    """The values with the defaults of empty fields; `now` in the zone of the company."""
    filled = dict(values)
    for component in schema.get("components", ()):
        if component.get("type") == "group" and not component.get("path"):
            filled = with_defaults(component, filled, initiator=initiator, now=now)
            continue
        wish, key = component.get("properties", {}).get("default"), component.get("key")
        if key and filled.get(key) in (None, "") and wish in ("initiator", "now"):
            filled[key] = initiator if wish == "initiator" else _moment(component, now)
    return filled


def _moment(component: Schema, now: datetime) -> str:
    pattern = MOMENTS.get(component.get("subtype", ""))
    return now.strftime(pattern) if pattern else now.isoformat(timespec="minutes")
