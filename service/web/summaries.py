"""摘要 on a page: the lines of a task's summary in the reader's language, numbers grouped, with their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_date, format_decimal, gettext

from service.web.languages import named


@dataclass(frozen=True, slots=True)
class Line:
    """A value as people read it, and what it is."""

    name: str
    value: str
    is_number: bool


def summary_lines(summary: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(_line(item) for item in summary)


def _line(item: Mapping[str, Any]) -> Line:
    value, name = item["value"], named(item["name"], item.get("name_en", ""))
    if isinstance(value, bool):
        return Line(name, gettext("yes") if value else gettext("no"), False)
    if isinstance(value, int | float):
        unit = named(item.get("unit", ""), item.get("unit_en", ""))
        return Line(name, _with_unit(format_decimal(Decimal(str(value))), unit), True)
    return Line(name, _as_day(str(value)), False)


def _with_unit(number: str, unit: str) -> str:
    """A percent sign stands close to its number, a word does not."""
    return number + unit if unit == "%" else f"{number}\u00a0{unit}".strip()


def _as_day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "yyyy-MM-dd")
    except ValueError:
        return text
