"""The variables of a process instance, each with who changed it from outside, when, and to what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import process_instances
from engine.process_instances import Transition
from service.web.cases import Case
from service.web.people import person_name


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    who: str
    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """`value` as JSON that a person can read and change; `changes` newest first."""

    name: str
    value: str
    changes: tuple[Change, ...]


def of_case(case: Case) -> tuple[Variable, ...]:
    """By name. Of a process with very many changes the latest are not shown here, but in the history."""
    values = process_instances.variables(case.work, case.stored)
    changes = _changes(case.changes)
    return tuple(Variable(name, written(values[name]), tuple(reversed(changes.get(name, ())))) for name in sorted(values))


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _changes(history: tuple[Transition, ...]) -> Mapping[str, list[Change]]:
    """What called processes keep for themselves is theirs."""
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for transition in history:
        who = person_name(transition.actor)
        for values in _values(transition):
            for name, value in values.items():
                found[name].append(Change(transition.at, who, written(value)))
    return found


def _values(transition: Transition) -> Iterator[Mapping[str, Any]]:
    for event in transition.events:
        if event["type"] == "VariablesChanged" and "definition" not in event:
            yield event["values"]
