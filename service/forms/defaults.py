"""Values a form begins with: who asks, and when; `"properties": {"default": "initiator" | "now"}` on a field still empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.forms.localisation import Schema

#: form-js's subtypes of a date field → how their values are written.
MOMENTS = {"date": "%Y-%m-%d", "time": "%H:%M"}


#: What `properties.default` may be.
WISHES = ("initiator", "now")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A field that begins with who asks, or with the moment as its subtype writes it."""

    key: str
    wish: str
    subtype: str

    def value(self, initiator: str, now: datetime) -> str | None:
        if self.wish == "initiator":
            return initiator or None
        pattern = MOMENTS.get(self.subtype)
        return now.strftime(pattern) if pattern else now.isoformat(timespec="minutes")


def beginnings(schema: Schema) -> Iterator[Beginning]:
    """Of the form's own fields; those below a path or in a list begin empty."""
    for component in schema.get("components", ()):
        if component.get("type") == "group" and not component.get("path"):
            yield from beginnings(component)
            continue
        wish, key = component.get("properties", {}).get("default"), component.get("key")
        if key and wish in WISHES:
            yield Beginning(key, wish, component.get("subtype", ""))


def with_defaults(schema: Schema, values: Mapping[str, Any], *, initiator: str, now: datetime) -> dict[str, Any]:
    """The values with the defaults of empty fields; `now` in the zone of the company; `initiator` is empty when nobody asks."""
    return begun(beginnings(schema), values, initiator=initiator, now=now)


def begun(fields: Iterable[Beginning], values: Mapping[str, Any], *, initiator: str, now: datetime) -> dict[str, Any]:
    """The values with those that the fields begin with, where they are empty."""
    filled = dict(values)
    for each in fields:
        if filled.get(each.key) in (None, "") and (value := each.value(initiator, now)) is not None:
            filled[each.key] = value
    return filled
