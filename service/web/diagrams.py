"""The diagrams of a process instance: its own and one for each called process it is or was in, with marks on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from engine import process_instances
from engine.people.user_tasks import UserTask
from service.web.cases import Case
from service.web.formats import due
from service.web.languages import named
from service.web.people import holder_name


@dataclass(slots=True)
class Marks:
    """What is known of one model's elements, by element id."""

    completed: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    active: Counter[str] = field(default_factory=Counter)
    overdue: set[str] = field(default_factory=set)
    #: Who an element waits for, in words.
    waiting: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    incidents: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """As assets/src/diagram/drawing.js reads it; needing repair goes before overdue, that before active, that before done."""
        elements: dict[str, dict[str, Any]] = {id: {"state": "completed"} for id in sorted(self.completed)}
        elements |= {id: {"state": "active", "count": count} for id, count in self.active.items()}
        elements |= {id: {"state": "overdue", "count": self.active[id] or 1} for id in sorted(self.overdue)}
        elements |= {id: {"state": "incident", "count": count} for id, count in self.incidents.items()}
        for id, words in self.waiting.items():
            elements[id]["title"] = "\n".join(words)
        return {"elements": elements, "flows": sorted(self.flows)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diagram of the page."""

    title: str
    xml_url: str
    markers: Mapping[str, Any]
    is_shown: bool


def of_definition(id: UUID, title: str) -> tuple[Sheet, ...]:
    """The diagram alone, for pages about the definition."""
    return (Sheet(title, url_for("web.process_definitions.diagram", id=id), {"elements": {}, "flows": []}, True),)


def of_case(case: Case, shown: UUID | None = None) -> tuple[Sheet, ...]:
    """Its own model first; `shown` is the definition whose diagram is open at first, else where it is now."""
    marks = _marks(case)
    case.read_definitions(map(UUID, marks))
    current = next((id for id in reversed(marks) if marks[id].active), str(case.instance.definition_id))
    opened = str(shown) if shown and str(shown) in marks else current
    return tuple(_sheet(case, id, each, is_shown=id == opened) for id, each in marks.items())


def _marks(case: Case) -> dict[str, Marks]:
    """By definition id, in the order in which the models were entered."""
    own = str(case.instance.definition_id)
    marks: defaultdict[str, Marks] = defaultdict(Marks, {own: Marks()})
    for event in _events(case):
        sheet = marks[event.get("definition", own)]
        if event["type"] == "ElementCompleted":
            sheet.completed.add(event["element"])
            sheet.flows.update(event.get("flows", ()))
    if not case.instance.is_ended:
        for token in process_instances.tokens(case.work, case.stored):
            marks[token.definition].active[token.element] += 1
        for task in case.record.waiting:
            _mark_task(marks[str(task.definition_id)], task, case.work.now)
    for incident in case.incidents:
        marks[str(incident.definition_id)].incidents[incident.element] += 1
    return marks


def _mark_task(sheet: Marks, task: UserTask, now: datetime) -> None:
    who = holder_name(task.assignee, task.candidates)
    urgency = due(task.due_at, now)
    sheet.active[task.element] = max(1, sheet.active[task.element])
    sheet.waiting[task.element].append(" · ".join(filter(None, (who, urgency.words if urgency else ""))))
    if task.due_at is not None and task.due_at <= now:
        sheet.overdue.add(task.element)


def _events(case: Case) -> Iterator[Mapping[str, Any]]:
    for transition in case.changes:
        yield from (event for event in transition.events if "element" in event)


def _sheet(case: Case, id: str, marks: Marks, *, is_shown: bool) -> Sheet:
    definition = case.definition_of(UUID(id))
    title = named(definition.name, definition.name_en) or definition.key
    return Sheet(title, url_for("web.process_definitions.diagram", id=id), marks.as_json(), is_shown)
