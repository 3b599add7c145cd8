"""What process instances have thrown to others, delivered one by one: at least once taken, exactly once applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access
from engine.bpmn import StepFailed
from engine.facts.causes import cause_of, is_given_up
from engine.facts.ids import new_id
from engine.facts.pauses import pause
from engine.facts.sentences import Sentence
from engine.messaging import messages, signals
from engine.messaging.messages import TIME_TO_LIVE, Message
from engine.messaging.receivers import NobodyWaits, deliver, start_by
from engine.steps.beginning import Initiator
from engine.steps.event_starts import NotStarted
from engine.steps.failed_steps import Failed, record
from engine.store import given_up, outbox, process_instances, subscriptions
from engine.store import messages as buffer
from engine.store.outbox import Kind, OutboxRow
from engine.store.unit_of_work import UnitOfWork

__all__ = ["deliver_next"]


def deliver_next(work: UnitOfWork) -> bool:
    """Delivers one row; False when there is nothing to do. Its receiver's change and the row are one transaction.

    A receiver that cannot go on gets an incident, and the row waits for it; what may start nothing now is given up. Others are
    not held up.
    """
    access.right(work, "operate", to=Sentence("deliver messages"))
    row = outbox.take(work)
    if row is None:
        return _release_wanted(work)
    work.after_rollback(lambda later, fault: _put_off(later, row, fault))
    try:
        _DELIVER[row.kind](work, row)
        outbox.done(work, row.id)
    except NotStarted as refusal:
        outbox.park(work, row.id, refusal.sentence)
        given_up.tell(work, "message", str(refusal.values["name"]), str(refusal))
    except (Failed, StepFailed) as fault:
        _park(work, row, fault)
    return True


def _message(work: UnitOfWork, row: OutboxRow) -> None:
    body = row.body
    expires_at = datetime.fromisoformat(body["expires_at"]) if "expires_at" in body else work.now + TIME_TO_LIVE
    message = Message(
        id=row.id,
        name=body["name"],
        correlation_key=body["correlation_key"],
        business_key=body.get("business_key"),
        variables=body["variables"],
        created_at=row.created_at,
        expires_at=expires_at,
        depth=row.depth,
    )
    messages.receive(work, message, initiator=_initiator(work, row))


def _signal(work: UnitOfWork, row: OutboxRow) -> None:
    body = row.body
    thrower, thrown_at = row.process_instance_id, row.created_at
    signals.spread(work, body["name"], body["variables"], process_instance_id=thrower, thrown_at=thrown_at, depth=row.depth)


def _delivery(work: UnitOfWork, row: OutboxRow) -> None:
    listening = subscriptions.find(work, UUID(row.body["subscription"]))
    if listening is None:
        return
    if listening.process_instance_id is None:
        start_by(
            work, listening, row.body["variables"], depth=row.depth, caused_at=row.created_at, initiator=_initiator(work, row)
        )
        return
    try:
        deliver(work, listening.id, row.body["variables"])
    except NobodyWaits:
        return


_DELIVER: Mapping[Kind, Callable[[UnitOfWork, OutboxRow], None]] = {
    "message": _message,
    "signal": _signal,
    "delivery": _delivery,
}


def _release_wanted(work: UnitOfWork) -> bool:
    """A kept message that somebody waits for by now goes back on its way; the expired ones go."""
    buffer.remove_expired(work)
    message = buffer.take_wanted(work)
    if message is None:
        return False
    buffer.remove(work, message.id)
    kept = asdict(message)
    body: dict[str, Any] = {name: kept[name] for name in ("name", "correlation_key", "business_key", "variables")}
    body["expires_at"] = message.expires_at.isoformat()
    row = OutboxRow(new_id(work.now), None, "message", body, message.created_at, work.now, 0, None, None, message.depth or 0)
    outbox.add(work, [row])
    return True


def _initiator(work: UnitOfWork, row: OutboxRow) -> Initiator | None:
    """Who started the thrower is the initiator of what it starts."""
    thrower = row.process_instance_id and process_instances.find(work, row.process_instance_id)
    return Initiator(thrower.initiator, thrower.initiator_department) if thrower else None


def _put_off(work: UnitOfWork, row: OutboxRow, fault: BaseException) -> None:
    """After a failure that nobody foresaw: once more later, until it has failed too often."""
    if is_given_up(fault, row.attempts + 1):
        _park(work, row, StepFailed(cause_of(fault)))
    else:
        outbox.postpone(work, row.id, work.now + pause(row.attempts + 1))


def _park(work: UnitOfWork, row: OutboxRow, fault: Failed | StepFailed) -> None:
    """The incident is the receiver's; where there is none yet, the thrower's. A receiver that has gone on is asked once more."""
    if isinstance(fault, StepFailed):
        thrower = row.process_instance_id and process_instances.find_locked(work, row.process_instance_id)
        if not thrower:
            outbox.park(work, row.id, fault.cause)
            given_up.tell(work, "message", str(row.body.get("name", row.kind)), fault.cause.template)
            return
        fault = Failed(thrower.row, element=fault.element, token=0, definition=fault.definition, cause=fault.cause)
    if record(work, fault, kind="message", trigger_id=row.id):
        outbox.park(work, row.id, fault.cause)
