"""The diagrams of a process instance: its own and one for each called process it is or was in, with marks on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import url_for

from engine import incidents, process_definitions, process_instances
from engine.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.web.languages import named

#: Changes read for the marks; a process that went round more often has all of its path marked by then.
CHANGES = 1000


@dataclass(slots=True)
class Marks:
    """What is known of one model's elements, by element id."""

    completed: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    active: Counter[str] = field(default_factory=Counter)
    incidents: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """As assets/src/diagram/drawing.js reads it; what needs repair hides what is active hides what is done."""
        elements: dict[str, dict[str, Any]] = {id: {"state": "completed"} for id in sorted(self.completed)}
        elements |= {id: {"state": "active", "count": count} for id, count in self.active.items()}
        elements |= {id: {"state": "incident", "count": count} for id, count in self.incidents.items()}
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
    return (Sheet(title, url_for("web.process_definitions.xml", id=id), {"elements": {}, "flows": []}, True),)


def of_instance(work: UnitOfWork, instance: ProcessInstance, shown: UUID | None = None) -> tuple[Sheet, ...]:
    """The instance's own model first; `shown` is the definition whose diagram is open at first, else where it is now."""
    marks = _marks(work, instance)
    current = next((id for id in reversed(marks) if marks[id].active), str(instance.definition_id))
    opened = str(shown) if shown and str(shown) in marks else current
    return tuple(_sheet(work, id, each, is_shown=id == opened) for id, each in marks.items())


def _marks(work: UnitOfWork, instance: ProcessInstance) -> dict[str, Marks]:
    """By definition id, in the order in which the models were entered."""
    own = str(instance.definition_id)
    marks: defaultdict[str, Marks] = defaultdict(Marks, {own: Marks()})
    for event in _events(work, instance):
        sheet = marks[event.get("definition", own)]
        if event["type"] == "ElementCompleted":
            sheet.completed.add(event["element"])
            sheet.flows.update(event.get("flows", ()))
    if not instance.is_ended:
        for token in process_instances.tokens(work, instance.id):
            marks[token.definition].active[token.element] += 1
    if instance.has_incidents:
        for incident in incidents.list_(work, process_instance_id=instance.id, limit=100).items:
            marks[str(incident.definition_id)].incidents[incident.element] += 1
    return marks


def _events(work: UnitOfWork, instance: ProcessInstance) -> Iterator[Mapping[str, Any]]:
    for transition in process_instances.history(work, instance.id, limit=CHANGES):
        yield from (event for event in transition.events if "element" in event)


def _sheet(work: UnitOfWork, id: str, marks: Marks, *, is_shown: bool) -> Sheet:
    definition = process_definitions.get(work, UUID(id))
    title = named(definition.name, definition.name_en) or definition.key
    return Sheet(title, url_for("web.process_definitions.xml", id=id), marks.as_json(), is_shown)
