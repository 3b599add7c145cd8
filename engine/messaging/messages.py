"""Messages between the outside world and process instances, and among them: each reaches exactly one receiver.

The receiver is the process instance that has waited longest for the name and key; else a start event of that name; else the
message is kept until somebody begins to wait for it, or until it expires; one for a suspended instance waits for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from engine import access
from engine.bpmn import StepFailed
from engine.definitions.forms import StartReview
from engine.facts.errors import StepRefused
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.facts.values import MAX_BYTES, checked_text, checked_variables
from engine.messaging.receivers import NobodyWaits, deliver, start_by
from engine.steps.beginning import Initiator
from engine.steps.failed_steps import Failed, refuse
from engine.store import inbound_events, messages, subscriptions
from engine.store.messages import Message
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Correlated", "Message", "correlate", "receive"]

#: How long a message is kept when nobody waits for it yet.
TIME_TO_LIVE = timedelta(hours=1)

#: How much longer when a suspended process instance waits for it.
WHILE_SUSPENDED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Correlated:
    """What became of the message; `repeated` means that its event id was seen before, with what became of it then."""

    result: Literal["delivered", "started", "buffered"]
    process_instance_id: UUID | None = None
    is_repeated: bool = False


def correlate(
    work: UnitOfWork,
    name: str,
    *,
    correlation_key: str | None = None,
    variables: Mapping[str, Any] | None = None,
    business_key: str | None = None,
    event_id: str | None = None,
    time_to_live: timedelta = TIME_TO_LIVE,
    review: StartReview | None = None,
) -> Correlated:
    """From outside. The same `event_id` again changes nothing and gets the same answer.

    `review` is asked about the variables when the message starts a process: it answers those to take, or refuses.
    Refuses: NotAllowed, Invalid, StepRefused when the receiver cannot go on.
    """
    access.right(work, "operate", to=Sentence("send messages"))
    checked_text(name, Sentence("the name of the message"))
    if correlation_key is not None:
        checked_text(correlation_key, Sentence("the correlation key"), most=MAX_BYTES)
    if business_key is not None:
        checked_text(business_key, Sentence("the business key"))
    if event_id is not None:
        checked_text(event_id, Sentence("the event id"), most=inbound_events.LONGEST_ID)
    values = checked_variables(variables or {})
    if event_id is not None and not inbound_events.is_new(work, event_id):
        return _repeated(work, event_id)
    now = work.now
    message = Message(new_id(now), name, correlation_key, business_key, values, now, now + time_to_live, depth=None)
    correlated = _received(work, message, review)
    if event_id is not None:
        inbound_events.answer(work, event_id, _as_json(correlated))
    return correlated


def receive(
    work: UnitOfWork, message: Message, *, initiator: Initiator | None = None, review: StartReview | None = None
) -> Correlated:
    """To its receiver, or into the buffer. Raises Failed, NotStarted, StepFailed."""
    keys = {"correlation_key": message.correlation_key, "business_key": message.business_key}
    for waiting in subscriptions.waiting(work, message.name, **keys):
        try:
            return Correlated("delivered", deliver(work, waiting.id, message.variables).id)
        except NobodyWaits:
            continue
    if subscriptions.is_suspended_receiver(work, message.name, **keys):
        messages.add(work, replace(message, expires_at=message.expires_at + WHILE_SUSPENDED))
        return Correlated("buffered")
    for start in subscriptions.starts(work, "message", message.name):
        instance = start_by(
            work,
            start,
            message.variables,
            depth=message.depth,
            caused_at=message.created_at,
            business_key=message.business_key,
            initiator=initiator,
            review=review,
        )
        return Correlated("started", instance.id)
    messages.add(work, message)
    return Correlated("buffered")


def _received(work: UnitOfWork, message: Message, review: StartReview | None) -> Correlated:
    try:
        return receive(work, message, review=review)
    except Failed as failed:
        refuse(work, failed, name=message.name)
    except StepFailed as fault:
        raise StepRefused(name=message.name, why=fault.cause, now=StepRefused.TRY_AGAIN) from fault


def _repeated(work: UnitOfWork, event_id: str) -> Correlated:
    event = inbound_events.find(work, event_id)
    answer = (event.answer if event else None) or {"result": "buffered"}
    id = answer.get("process_instance_id")
    return Correlated(answer["result"], UUID(id) if id else None, is_repeated=True)


def _as_json(correlated: Correlated) -> dict[str, Any]:
    id = correlated.process_instance_id
    return {"result": correlated.result, "process_instance_id": str(id) if id else None}
