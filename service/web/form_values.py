"""What a filled-in form says, as rows of label and text: for paper, and for who may look but not write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import format_datetime, format_decimal, gettext

from service.web.people import find_person, person_name

Component = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One field."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A list of the form: a line for each repetition, a column for each field."""

    label: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of the form, or the fields beside all groups; empty fields are left out."""

    label: str
    rows: tuple[Row, ...]
    tables: tuple[Table, ...]


def parts(schema: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[Part, ...]:
    """In the order of the form. `schema` is cut to what the reader may see, its pickers have their options."""
    found: list[Part] = []
    loose: list[Component] = []
    for component in schema.get("components", ()):
        if component["type"] == "group":
            found.append(_part(component.get("label", ""), component.get("components", ()), _inside(component, values)))
        else:
            loose.append(component)
    return tuple(part for part in (_part("", loose, values), *found) if part.rows or part.tables)


def _inside(component: Component, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A group with a path keeps its values in an object of their own."""
    inner = values.get(component["path"]) if component.get("path") else values
    return inner if isinstance(inner, dict) else {}


def _part(label: str, components: Sequence[Component], values: Mapping[str, Any]) -> Part:
    fields = list(_fields(components))
    rows = tuple(Row(_label(each), text) for each in fields if (text := _text(each, values)))
    lists = (each for each in fields if each["type"] == "dynamiclist")
    return Part(label, rows, tuple(table for each in lists if (table := _table(each, values)).lines))


def _fields(components: Sequence[Component]) -> Iterator[Component]:
    """Groups inside of groups are only layout here."""
    for component in components:
        if component["type"] == "group" and not component.get("path"):
            yield from _fields(component.get("components", ()))
        elif component.get("key") or component.get("path"):
            yield component


def _table(component: Component, values: Mapping[str, Any]) -> Table:
    columns = [each for each in _fields(component.get("components", ())) if each["type"] != "dynamiclist"]
    given = values.get(component["path"])
    lines = [line for line in given if isinstance(line, dict)] if isinstance(given, list) else []
    texts = tuple(tuple(_text(each, line) for each in columns) for line in lines)
    return Table(_label(component), tuple(map(_label, columns)), tuple(line for line in texts if any(line)))


def _label(component: Component) -> str:
    return str(component.get("label") or component.get("dateLabel") or component.get("timeLabel") or component.get("key") or "")


def _text(component: Component, values: Mapping[str, Any]) -> str:
    value = values.get(component.get("key", ""))
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return gettext(", ").join(filter(None, (_one(component, each) for each in value)))
    return _one(component, value)


def _one(component: Component, value: Any) -> str:
    """A choice by its label, a file by its name, a number with its unit, a moment without its zone."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if "values" in component:
        return _chosen(component, value)
    if isinstance(value, int | float):
        return _number(component, value)
    return _moment(value) if component["type"] == "datetime" else str(value)


def _chosen(component: Component, value: Any) -> str:
    """Somebody who has left is no option any more, and still has a name."""
    labels = {option.get("value"): str(option.get("label", "")) for option in component["values"]}
    return labels.get(value) or (person_name(value) if find_person(value) else str(value))


def _number(component: Component, value: float) -> str:
    adorners = component.get("appearance") or {}
    text = format_decimal(Decimal(str(value)))
    return " ".join(filter(None, (adorners.get("prefixAdorner"), text, adorners.get("suffixAdorner"))))


def _moment(text: Any) -> str:
    try:
        return format_datetime(datetime.fromisoformat(text), "yyyy-MM-dd HH:mm") if "T" in text else str(text)
    except (TypeError, ValueError):
        return str(text)
