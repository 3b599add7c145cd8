"""What has become due: timers of process instances go on, timers of start events start."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from engine import access
from engine.bpmn import StartTrigger, StepFailed, Trigger
from engine.definitions.models import model_of
from engine.steps.advancing import Deed, advance, begin
from engine.steps.failed_steps import Failed, record
from engine.store import process_definitions, timers
from engine.store.process_instances import ProcessInstance, StoredInstance
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

__all__ = ["LEASE", "Timer", "fire", "take_due", "time_to_next"]

#: How long a worker may take for the timers it has claimed; after a crash others fire them.
LEASE = timedelta(seconds=30)


class NotDue(Exception):
    """The timer has been set anew meanwhile, or its process instance is suspended."""


class OfNoInstance(Exception):
    """The timer belongs to a start event, or it has been fired or taken away meanwhile."""


def take_due(work: UnitOfWork, *, limit: int, lease: timedelta = LEASE) -> list[UUID]:
    """Due timers, oldest first, claimed for the lease; each is then fired in a unit of work of its own."""
    access.right(work, "operate", to="fire timers")
    return timers.claim_due(work, limit=limit, lease=lease)


def time_to_next(work: UnitOfWork) -> timedelta | None:
    """How long it takes until a timer becomes due that is not due yet; None when there is none."""
    access.right(work, "operate", to="fire timers")
    due_at = timers.next_due(work)
    return None if due_at is None else due_at - work.now


def fire(work: UnitOfWork, id: UUID) -> ProcessInstance | None:
    """Once, whoever else tries: None when there is nothing to fire any more.

    Where the process cannot go on, the timer is parked with an incident; others are not held up.
    """
    access.right(work, "operate", to="fire timers")
    while True:
        try:
            return _go_on(work, id)
        except OfNoInstance:
            return _start(work, id)
        except NotDue:
            return None
        except Failed as failed:
            if record(work, failed, kind="timer", trigger_id=id):
                timers.park(work, id, failed.cause)
                return failed.instance


def _go_on(work: UnitOfWork, id: UUID) -> ProcessInstance:
    def load(locked: bool) -> tuple[StoredInstance, Deed]:
        found = timers.find_with_instance(work, id, locked=locked)
        if found is None:
            raise OfNoInstance
        timer, stored = found
        number = timer.subscription
        if number is None or timer.due_at > work.now or timer.error is not None or stored.row.status != "running":
            raise NotDue
        act = Deed("fire", lambda execution, now: execution.fire(number, now), element=timer.element, token=timer.token or 0)
        return stored, act

    return advance(work, load)


def _start(work: UnitOfWork, id: UUID) -> ProcessInstance | None:
    """The start event's timer is set to its next moment in the same transaction; moments missed meanwhile count as one."""
    timer = timers.find(work, id)
    if timer is None or timer.due_at > work.now or timer.error is not None:
        return None
    definition = process_definitions.find(work, timer.definition_id)
    if definition is None:
        return None
    starts = model_of(work, definition.id).processes[definition.key].start_triggers
    start = next(start for start in starts if start.element == timer.element)
    times = _times_fired(start, timer, work)
    if not timers.fired(work, timer, next_due=start.next_due(timer.since, times), times=times):
        return None
    try:
        return begin(work, definition, {}, business_key=None, trigger=Trigger("timer", element=timer.element))
    except StepFailed as fault:
        timers.park(work, timer.id, f"{fault.element}: {fault.cause}")
        return None


def _times_fired(start: StartTrigger, timer: Timer, work: UnitOfWork) -> int:
    """How many of its moments are over by now."""
    times = timer.fired + 1
    while (due_at := start.next_due(timer.since, times)) is not None and due_at <= work.now:
        times += 1
    return times
