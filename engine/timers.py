"""What has become due: timers of process instances go on, timers of start events start."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from engine import access
from engine.bpmn import ElementFailed, StepFailed, Trigger
from engine.definitions.models import model_of
from engine.facts.causes import cause_of, is_given_up
from engine.facts.errors import Conflict
from engine.facts.pauses import pause
from engine.facts.sentences import Sentence
from engine.steps.advancing import Deed, advance, attempts
from engine.steps.commands import Fire
from engine.steps.event_starts import NotStarted, begin_by_event
from engine.steps.failed_steps import Failed, record
from engine.store import given_up, process_definitions, process_instances, timers
from engine.store.process_instances import ProcessInstance
from engine.store.timers import Timer
from engine.store.unit_of_work import UnitOfWork

__all__ = ["LEASE", "Timer", "fire", "take_due", "time_to_next"]

#: How long a worker may take for the timers it has claimed; after a crash others fire them.
LEASE = timedelta(seconds=30)


def take_due(work: UnitOfWork, *, limit: int, lease: timedelta = LEASE) -> list[UUID]:
    """Due timers, oldest first, claimed for the lease; each is then fired in a unit of work of its own."""
    access.right(work, "operate", to=Sentence("fire timers"))
    return timers.claim_due(work, limit=limit, lease=lease)


def time_to_next(work: UnitOfWork) -> timedelta | None:
    """How long it takes until a timer becomes due that is not due yet; None when there is none."""
    access.right(work, "operate", to=Sentence("fire timers"))
    due_at = timers.next_due(work)
    return None if due_at is None else due_at - work.now


def fire(work: UnitOfWork, id: UUID) -> ProcessInstance | None:
    """Once, whoever else tries: None when there is nothing to fire any more.

    Where the process cannot go on, the timer is parked with an incident. What nobody foresaw is tried again later, until it has
    failed too often. Others are not held up.
    """
    access.right(work, "operate", to=Sentence("fire timers"))
    work.after_rollback(lambda later, fault: _put_off(later, id, fault))
    for locked in attempts(work):
        found = timers.find_with_instance(work, id, locked=locked)
        if found is None:
            return _start(work, id)
        timer, stored = found
        if not _is_due(work, timer) or stored.row.status != "running":
            return None
        command = Fire(timer.token or 0, timer.subscription or 0)
        try:
            instance = advance(work, stored, Deed(command, element=timer.element))
        except Failed as failed:
            if not record(work, failed, kind="timer", trigger_id=id):
                continue
            timers.park(work, id, failed.cause)
            return failed.instance
        if instance is not None:
            return instance
    raise Conflict(what=Sentence("'{title}'", title=stored.row.title))


def _put_off(work: UnitOfWork, id: UUID, fault: BaseException) -> None:
    """After it could not be fired: once more later, or it waits for somebody to look at it."""
    timer = timers.find(work, id)
    if timer is None or not _is_due(work, timer):
        return
    if not is_given_up(fault, timer.attempts + 1):
        timers.put_off(work, id, work.now + pause(timer.attempts + 1))
        return
    cause = cause_of(fault)
    stored = timer.process_instance_id and process_instances.find_locked(work, timer.process_instance_id)
    if stored:
        definition = str(timer.definition_id)
        failed = Failed(stored.row, element=timer.element, token=timer.token or 0, definition=definition, cause=cause)
        record(work, failed, kind="timer", trigger_id=id)
    else:
        given_up.tell(work, "timer", timer.key, cause.template)
    timers.park(work, id, cause)


def _is_due(work: UnitOfWork, timer: Timer) -> bool:
    """It has not been set anew meanwhile, and waits for no repair."""
    return timer.due_at <= work.now and timer.error is None


def _start(work: UnitOfWork, id: UUID) -> ProcessInstance | None:
    """The start event's timer is set to its next moment in the same transaction; moments missed meanwhile count as one.

    Everything is computed before the row is touched: who deploys the next version never waits for it. None also for a timer
    that is there no more.
    """
    timer = timers.find(work, id)
    if timer is None or not _is_due(work, timer):
        return None
    definition = process_definitions.find(work, timer.definition_id)
    if definition is None:
        return None
    starts = model_of(work, definition.id).processes[definition.key].start_triggers
    start = next(start for start in starts if start.element == timer.element)
    try:
        next_due, times = start.next_due(timer.since.astimezone(work.zone), timer.fired, work.now)
        begun = begin_by_event(work, definition, {}, Trigger("timer", element=timer.element), depth=0)
    except NotStarted as refusal:
        timers.park(work, timer.id, refusal.sentence)
        given_up.tell(work, "timer", timer.key, str(refusal))
        return None
    except (ElementFailed, StepFailed) as fault:
        _give_up(work, timer, fault)
        return None
    return begun.recorded(work) if timers.fired(work, timer, next_due=next_due, times=times) else None


def _give_up(work: UnitOfWork, timer: Timer, fault: ElementFailed | StepFailed) -> None:
    """Until somebody retries it or deploys another version."""
    element, why = (timer.element, fault.sentence) if isinstance(fault, ElementFailed) else (fault.element, fault.cause)
    timers.park(work, timer.id, Sentence("{element}: {why}", element=element, why=why))
    given_up.tell(work, "timer", timer.key, why.template)
