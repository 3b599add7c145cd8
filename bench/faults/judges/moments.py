"""A timer is set to the moment that the model says, fires no sooner, and not long after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from bench.faults.judges.evidence import Evidence, Transition
from engine.store.timers import timer

#: What the models of the cases say, by element.
DURATIONS = {"rest": timedelta(seconds=1)}
#: How late a timer may fire while other work is done, and how much later where something was broken meanwhile.
LATE, DISTURBED = timedelta(seconds=10), timedelta(seconds=60)
#: Moments are kept in microseconds.
EXACT = timedelta(milliseconds=1)

_OPEN = select(timer.c.process_instance_id, timer.c.element, timer.c.since, timer.c.due_at).where(
    timer.c.element.in_(DURATIONS), timer.c.process_instance_id.is_not(None)
)


def judge(evidence: Evidence) -> Iterator[str]:
    for id, transitions in evidence.histories():
        yield from _timers(evidence, id, transitions)
    with evidence.database.engine.connect() as connection:
        for row in connection.execute(_OPEN):
            if abs(row.due_at - row.since - DURATIONS[row.element]) > EXACT:
                yield f"{row.process_instance_id}: {row.element} is due at {row.due_at}, and began to wait at {row.since}."


def _timers(evidence: Evidence, id: UUID, transitions: Sequence[Transition]) -> Iterator[str]:
    waiting: dict[int, datetime] = {}
    for transition in transitions:
        for event in transition.events:
            if event.get("element") not in DURATIONS:
                continue
            if event["type"] == "TimerScheduled":
                waiting[event["subscription"]] = transition.at + DURATIONS[event["element"]]
            elif event["type"] == "SubscriptionClosed":
                yield from _fired(evidence, f"{id}: {event['element']}", waiting.pop(event["subscription"]), transition.at)


def _fired(evidence: Evidence, what: str, due_at: datetime, fired_at: datetime) -> Iterator[str]:
    is_disturbed = evidence.was_disturbed((due_at - DISTURBED).timestamp(), fired_at.timestamp())
    if fired_at < due_at - EXACT:
        yield f"{what} fired {due_at - fired_at} too early."
    elif fired_at > due_at + LATE + (DISTURBED if is_disturbed else timedelta()):
        yield f"{what} fired {fired_at - due_at} too late."
