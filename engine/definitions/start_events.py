"""Start events that wait: for a message, a signal, a time. Those of the newest version only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from engine.bpmn import ElementFailed, Process, StartTrigger
from engine.facts.errors import Problem
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import event_starts, subscriptions, timers
from engine.store.process_definitions import ProcessDefinition
from engine.store.subscriptions import Subscription
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

_COMPUTED_FIX = Sentence("Write a moment, a duration or a repetition, or an expression that takes less to compute.")


@dataclass(slots=True)
class StartTimers:
    """When the timers of start events are due first, computed once and before anything is locked; by process and element."""

    due: dict[tuple[str, str], datetime] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]


def start_timers(work: UnitOfWork, files: Iterable[tuple[str, Process]]) -> StartTimers:
    """Of executable processes with the names of their files. A timer that starts nothing is a warning; what cannot be computed
    is an error."""
    found = StartTimers()
    for file, process in files:
        for start in process.start_triggers:
            if start.kind == "timer":
                _compute(work, process, start, file, found)
    return found


def _compute(work: UnitOfWork, process: Process, start: StartTrigger, file: str, found: StartTimers) -> None:
    try:
        due_at = start.first_due(work.now.astimezone(work.zone))
    except ElementFailed as fault:
        sentence = Sentence("The timer of {element} cannot be set: {why}", element=start.element, why=fault.sentence)
        found.problems.append(Problem("timer-computed", sentence, where=start.element, fix=_COMPUTED_FIX, file=file))
        return
    if due_at is not None:
        found.due[process.id, start.element] = due_at
        return
    sentence = Sentence(
        "The timer of {element} never starts anything: it names no moment that is still to come.", element=start.element
    )
    fix = Sentence("Name a later moment. An expression is evaluated when the file is deployed, without variables.")
    found.problems.append(Problem("timer-never", sentence, where=start.element, fix=fix, is_warning=True, file=file))


def replace_start_events(work: UnitOfWork, definition: ProcessDefinition, process: Process, first: StartTimers) -> None:
    """From now on the start events of this version wait, and those of the versions before no longer."""
    event_starts.resume(work, definition.key)
    waiting = [subscription_row(definition, start, work.now) for start in process.start_triggers]
    subscriptions.replace_starts(work, definition.key, [row for row in waiting if row is not None])
    due = [(start, first.due.get((process.id, start.element))) for start in process.start_triggers]
    rows = [timer_row(definition, start, at, id=new_id(work.now), since=work.now) for start, at in due if at is not None]
    timers.replace_starts(work, definition.key, rows)


def subscription_row(definition: ProcessDefinition, start: StartTrigger, at: datetime) -> Subscription | None:
    """What a start event of this version waits for since that moment; None for one that waits for no message or signal."""
    if start.kind not in ("message", "signal") or start.name is None:
        return None
    return Subscription(
        id=new_id(at),
        process_instance_id=None,
        definition_id=definition.id,
        key=definition.key,
        element=start.element,
        token=None,
        subscription=None,
        kind="message" if start.kind == "message" else "signal",
        name=start.name,
        correlation_key=None,
        created_at=at,
    )


def timer_row(
    definition: ProcessDefinition, start: StartTrigger, due_at: datetime, *, id: UUID, since: datetime, fired: int = 0
) -> Timer:
    """Of a start event that is due then."""
    return Timer(
        id=id,
        process_instance_id=None,
        definition_id=definition.id,
        key=definition.key,
        element=start.element,
        token=None,
        subscription=None,
        due_at=due_at,
        since=since,
        fired=fired,
        claimed_until=None,
        attempts=0,
        error=None,
    )
