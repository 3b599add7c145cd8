"""Start events that wait: for a message, a signal, a time. Those of the newest version only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.bpmn import Process, StartTrigger
from engine.facts.errors import Problem
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import subscriptions, timers
from engine.store.process_definitions import ProcessDefinition
from engine.store.subscriptions import Subscription
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork


def replace_start_events(work: UnitOfWork, definition: ProcessDefinition, process: Process) -> None:
    """From now on the start events of this version wait, and those of the versions before no longer."""
    waiting = [_subscription(work, definition, start) for start in process.start_triggers]
    subscriptions.replace_starts(work, definition.key, [row for row in waiting if row is not None])
    due = [_timer(work, definition, start) for start in process.start_triggers]
    timers.replace_starts(work, definition.key, [row for row in due if row is not None])


def never_due(work: UnitOfWork, process: Process, file: str) -> Iterator[Problem]:
    """Warnings of timers that would start nothing."""
    for start in process.start_triggers:
        if start.kind == "timer" and _first_due(work, start) is None:
            yield Problem(
                "timer-never",
                Sentence(
                    "The timer of {element} never starts anything: it names no moment that is still to come.",
                    element=start.element,
                ),
                where=start.element,
                fix=Sentence("Name a later moment. An expression is evaluated when the file is deployed, without variables."),
                is_warning=True,
                file=file,
            )


def _first_due(work: UnitOfWork, start: StartTrigger) -> datetime | None:
    return start.first_due(work.now.astimezone(work.zone))


def _subscription(work: UnitOfWork, definition: ProcessDefinition, start: StartTrigger) -> Subscription | None:
    if start.kind not in ("message", "signal") or start.name is None:
        return None
    return Subscription(
        id=new_id(work.now),
        process_instance_id=None,
        definition_id=definition.id,
        key=definition.key,
        element=start.element,
        token=None,
        subscription=None,
        kind="message" if start.kind == "message" else "signal",
        name=start.name,
        correlation_key=None,
        created_at=work.now,
    )


def _timer(work: UnitOfWork, definition: ProcessDefinition, start: StartTrigger) -> Timer | None:
    due_at = _first_due(work, start) if start.kind == "timer" else None
    if due_at is None:
        return None
    return Timer(
        id=new_id(work.now),
        process_instance_id=None,
        definition_id=definition.id,
        key=definition.key,
        element=start.element,
        token=None,
        subscription=None,
        due_at=due_at,
        since=work.now,
        fired=0,
        claimed_until=None,
        attempts=0,
        error=None,
    )
