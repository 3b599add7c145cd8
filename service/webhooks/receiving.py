"""One delivery: recognise the endpoint, check the signature, read what is meant, do it once, answer the same on a repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from engine.definitions.forms import StartReview
from engine.facts.actor import SYSTEM, Actor
from engine.facts.errors import Conflict, Invalid, NotFound, Refusal, Unavailable
from engine.facts.ids import new_id
from engine.facts.json_text import read_json
from engine.facts.sentences import Sentence, lines
from engine.store.unit_of_work import Begin, UnitOfWork
from service.encryption import SecretBox, SecretUnreadable
from service.store import webhook_deliveries, webhook_endpoints
from service.store.webhook_deliveries import EventRepeated, WebhookDelivery
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks import effects, endpoints, mapping, signatures
from service.webhooks.mapping import Meant
from service.webhooks.rates import Rates
from service.webhooks.signatures import SignatureRefused

#: Headers that are kept with a delivery; the rest may hold secrets.
KEPT_HEADERS = frozenset({"content-type", "user-agent", "liuzhuan-event-id", "x-github-event", "x-github-delivery"}) | {
    *("x-gitlab-event", "x-gitlab-event-uuid")
}
LONGEST_HEADER = 500

#: How what starts a process in a unit of work is checked: by the form of its start event.
Review = Callable[[UnitOfWork], StartReview]


class TooManyDeliveries(Unavailable):
    """The webhook endpoint '{name}' has received too many deliveries. Try again in {seconds} {seconds:second|seconds}."""


class DeliveryNotJson(Invalid):
    """The delivery is not JSON: send a JSON body with the content type application/json."""


class DeliveryAcceptedAlready(Conflict):
    """The delivery was accepted at {at}. Only one that failed can be replayed."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in; header names in small letters."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


def receive(
    begin: Begin, secrets: SecretBox, name: str, received: Received, *, rates: Rates, per_minute: int, review: Review
) -> Mapping[str, Any]:
    """The answer for the sender, the same for each repeat of an event. Refusals are the sender's or the model's fault.

    Two units of work: one recognises, one acts. A third one keeps what failed, or finds what a repeat was told before.
    """
    with begin(SYSTEM) as work:
        endpoint, signed = _recognised(work, secrets, name, received)
        if not isinstance(signed, SignatureRefused):
            _refuse_too_many(work, endpoint, rates, per_minute)
        actor, now = effects.actor_of(work, endpoint), work.local_now
    if isinstance(signed, SignatureRefused):
        raise signed
    headers = {name: value[:LONGEST_HEADER] for name, value in received.headers.items() if name in KEPT_HEADERS}
    delivery = WebhookDelivery(
        new_id(now), endpoint.id, "", now, "accepted", headers, received.query, received.body, signed_digest=signed
    )
    return _apply(begin, actor, endpoint, delivery, review)


def replay(begin: Begin, endpoint: WebhookEndpoint, failed: WebhookDelivery, *, review: Review) -> Mapping[str, Any]:
    """A delivery that failed, once more, with the endpoint as it is set up now. Its signature was checked when it came in."""
    if failed.status == "accepted":
        raise DeliveryAcceptedAlready(at=failed.received_at.isoformat(timespec="seconds"))
    with begin(SYSTEM) as work:
        actor, now = effects.actor_of(work, endpoint), work.local_now
    again = replace(failed, id=new_id(now), received_at=now, status="accepted", replay_of=failed.id, sentence=None)
    return _apply(begin, actor, endpoint, again, review)


def _recognised(
    work: UnitOfWork, secrets: SecretBox, name: str, received: Received
) -> tuple[WebhookEndpoint, str | SignatureRefused]:
    """The enabled endpoint of this name and the digest of what was signed. A wrong signature is counted, so it is not raised."""
    endpoint = webhook_endpoints.find_named(work, name)
    if endpoint is None or not endpoint.is_enabled:
        raise NotFound(kind=Sentence("webhook endpoint"), id=name)
    signed = _signed(secrets, endpoint, received, work)
    if isinstance(signed, SignatureRefused):
        webhook_endpoints.refused(work, endpoint.id, signed.sentence)
    return endpoint, signed


def _refuse_too_many(work: UnitOfWork, endpoint: WebhookEndpoint, rates: Rates, per_minute: int) -> None:
    """Only what was signed rightly counts: a stranger uses up nobody's rate."""
    if rates.is_exceeded(work, endpoint.id, per_minute):
        raise TooManyDeliveries(name=endpoint.name, seconds=60)


def _signed(secrets: SecretBox, endpoint: WebhookEndpoint, received: Received, work: UnitOfWork) -> str | SignatureRefused:
    """The refusal is answered and not raised: it is counted before."""
    try:
        secret = secrets.decrypt(endpoint.secret, endpoints.place(endpoint.id))
        return signatures.check(endpoint.style, secret, received.headers, received.body, work.now)
    except SecretUnreadable:
        return SignatureRefused(why=Sentence("the endpoint has no readable secret."))
    except SignatureRefused as refusal:
        return refusal


def _apply(begin: Begin, actor: Actor, endpoint: WebhookEndpoint, delivery: WebhookDelivery, review: Review) -> Mapping[str, Any]:
    """The answer; a failure is kept in a transaction of its own. That an event is a repeat shows when its delivery is added."""
    try:
        meant = mapping.meant(endpoint, json_of(delivery), delivery.headers, delivery.query, delivery.received_at)
        delivery = replace(delivery, event_id=meant.event_id or delivery.event_id or str(delivery.id))
        return _act(begin, actor, endpoint, delivery, meant, review)
    except EventRepeated:
        return _earlier_answer(begin, delivery)
    except Refusal as refusal:
        _keep_failed(begin, delivery, _why(refusal))
        raise


def _earlier_answer(begin: Begin, delivery: WebhookDelivery) -> Mapping[str, Any]:
    with begin(SYSTEM) as work:
        accepted = webhook_deliveries.find_accepted(work, delivery)
    return (accepted.answer if accepted else None) or {}


def _act(
    begin: Begin, actor: Actor, endpoint: WebhookEndpoint, delivery: WebhookDelivery, meant: Meant, review: Review
) -> Mapping[str, Any]:
    """Delivery, effect and answer in one transaction."""
    with begin(actor) as work:
        webhook_deliveries.add(work, delivery)
        instance_id = effects.carry_out(work, endpoint, meant, review(work)).process_instance_id
        answer = {"id": str(delivery.id), "processInstanceId": str(instance_id) if instance_id else None}
        webhook_deliveries.answered(work, delivery.id, answer, instance_id)
    return answer


def json_of(delivery: WebhookDelivery) -> Any:
    """The body, or DeliveryNotJson."""
    if delivery.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise DeliveryNotJson
    try:
        return read_json(delivery.body)
    except orjson.JSONDecodeError:
        raise DeliveryNotJson from None


def _why(refusal: Refusal) -> Sentence:
    """The sentence, and below it each problem on a line of its own."""
    return lines([refusal.sentence, *(problem.sentence for problem in refusal.problems)])


def _keep_failed(begin: Begin, delivery: WebhookDelivery, why: Sentence) -> None:
    with begin(SYSTEM) as work:
        failed = replace(delivery, event_id=delivery.event_id or str(delivery.id), status="failed", sentence=why)
        webhook_deliveries.add(work, failed)
