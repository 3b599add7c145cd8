"""The row of the history for a change that is not a step of the execution: claimed, assigned, suspended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.facts import event_json
from engine.facts.events import Event
from engine.store.history import Transition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork


def transition(
    work: UnitOfWork,
    instance: ProcessInstance,
    verb: str,
    events: Sequence[Event] = (),
    *,
    element: str | None = None,
    why: str | None = None,
    command: Mapping[str, Any] | None = None,
) -> Transition:
    """To the version after `instance`; `why` is what the person said about it, `command` what was asked of the execution."""
    described: list[dict[str, Any]] = event_json.as_json(events, str(instance.definition_id))
    if why:
        described.append({"type": "Explained", "why": why})
    return Transition(instance.id, instance.version + 1, work.now, work.actor.id, verb, element, described, command)
