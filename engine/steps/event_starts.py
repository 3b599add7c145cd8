"""Process instances that an event starts: a timer, a message, a signal, a condition. Unlike people, events may be a storm.

A process that events start too often is paused: no event starts it until somebody retries what was given up, or deploys another
version. A chain of instances that start one another is cut where it is too long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.bpmn import Trigger
from engine.facts.errors import Conflict
from engine.facts.sentences import Sentence
from engine.steps.beginning import Begun, Initiator, compute
from engine.store import event_starts
from engine.store.process_definitions import ProcessDefinition
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

_MINUTE = timedelta(minutes=1)
_BY_EVENTS_ONLY = Sentence("It stays so until somebody tries it again or deploys another version.")
_BY_HAND_TOO = Sentence("It stays so until somebody tries it again or deploys another version; people can start it.")


class NotStarted(Conflict):
    """No event starts process '{name}' now: {why}."""


@dataclass(frozen=True, slots=True)
class BegunByEvent:
    """Computed and not yet written, as Begun."""

    begun: Begun
    depth: int
    caused_at: datetime

    def recorded(self, work: UnitOfWork) -> ProcessInstance:
        work.begin()
        instance = self.begun.recorded(work)
        event_starts.add(work, instance.id, instance.key, self.depth, at=self.caused_at)
        return instance


def begin_by_event(
    work: UnitOfWork,
    definition: ProcessDefinition,
    variables: Mapping[str, Any],
    trigger: Trigger,
    *,
    depth: int | None,
    caused_at: datetime | None = None,
    business_key: str | None = None,
    initiator: Initiator | None = None,
) -> BegunByEvent:
    """`depth` counts the starts before it in a chain; None: another system asks, and is refused what is too much, so that nothing
    has to be paused. `caused_at` is when the event happened, without it: now. What has waited for a worker is counted by that: to
    catch up with an hour of it is no storm. Raises NotStarted, StepFailed."""
    at = caused_at or work.now
    _admit(work, definition, depth, at)
    begun = compute(work, definition, variables, business_key, trigger, initiator, depth=depth or 0)
    return BegunByEvent(begun, depth or 0, at)


def _admit(work: UnitOfWork, definition: ProcessDefinition, depth: int | None, at: datetime) -> None:
    """After a refusal the pause is there, in the transaction of who waits for the refusal."""
    limits = work.database.start_limits
    paused = event_starts.pause_of(work, definition.key)
    if paused is not None:
        raise NotStarted(name=definition.name, why=paused.why)
    if depth is not None and depth > limits.depth:
        raise NotStarted(name=definition.name, why=_chain(limits.depth))
    if event_starts.count(work, definition.key, since=at - _MINUTE, until=at, most=limits.per_minute) < limits.per_minute:
        return
    if depth is None:
        raise NotStarted(name=definition.name, why=_too_often(limits.per_minute, Sentence("Try again in a minute.")))
    why = _too_often(limits.per_minute, _BY_HAND_TOO if definition.facts.starts_by_hand else _BY_EVENTS_ONLY)
    event_starts.pause(work, definition, why)
    raise NotStarted(name=definition.name, why=why)


def _too_often(limit: int, now_what: Sentence) -> Sentence:
    return Sentence(
        "events have started it {limit:,} times within a minute, which is the most "
        "(LIUZHUAN_EVENT_STARTS_PER_MINUTE). {now_what}",
        limit=limit,
        now_what=now_what,
    )


def _chain(limit: int) -> Sentence:
    return Sentence(
        "process instances that start one another by messages and signals make a chain of more than {limit}, which is the most "
        "(LIUZHUAN_EVENT_START_DEPTH). Look for a process that starts itself; whoever retries what was given up lets it go on.",
        limit=limit,
    )
