"""摘要: what lists show of a case beside its title, such as an amount or a number of days; fixed when a user task is created."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.bpmn.expressions import Environment, Template
from engine.bpmn.variables import Variables

#: Characters of a text; a list has no room for more.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """One line of a summary; `unit` is written behind a number."""

    name: str
    name_en: str
    unit: str
    unit_en: str
    value: Template

    def as_line(self, value: Any) -> dict[str, Any]:
        names = {"name": self.name, "name_en": self.name_en, "unit": self.unit, "unit_en": self.unit_en}
        return {**{name: text for name, text in names.items() if text}, "value": value}


def evaluate_summary(items: Sequence[SummaryItem], variables: Variables, environment: Environment) -> list[Any]:
    """The value of each item; None where there is nothing to show yet."""
    return [_as_shown(item.value.evaluate(variables, environment)) for item in items]


def summary_lines(items: Sequence[SummaryItem], values: Sequence[Any]) -> list[dict[str, Any]]:
    """Those that have a value: [{name, name_en, unit, unit_en, value}]."""
    return [item.as_line(value) for item, value in zip(items, values, strict=False) if value is not None]


def _as_shown(value: Any) -> Any:
    """A number or truth value as it is, a text cut; a list by its texts and numbers; nothing else fits into a line."""
    if isinstance(value, list):
        value = "、".join(str(each) for each in value if isinstance(each, str | int | float))
    if isinstance(value, str):
        return value.strip()[:LONGEST] or None
    return value if isinstance(value, int | float) else None
