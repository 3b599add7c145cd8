"""One delivery: recognise the endpoint, check the signature, read what is meant, do it once, answer the same on a repeat."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import orjson

from engine import messages, process_instances, signals
from engine.actor import SYSTEM, Actor, Right
from engine.errors import Conflict, Invalid, NotFound, Refusal, Unavailable
from engine.ids import new_id
from engine.store.unit_of_work import UnitOfWork
from service.encryption import SecretBox, SecretUnreadable
from service.store import webhook_deliveries, webhook_endpoints
from service.store.webhook_deliveries import EventRepeated, WebhookDelivery
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks import endpoints, mapping, signatures
from service.webhooks.mapping import Meant
from service.webhooks.signatures import SignatureRefused

#: Headers that are kept with a delivery; the rest may hold secrets.
KEPT_HEADERS = frozenset({"content-type", "user-agent", "liuzhuan-event-id", "x-github-event", "x-github-delivery"}) | {
    *("x-gitlab-event", "x-gitlab-event-uuid")
}
LONGEST_HEADER = 500

#: Opens a unit of work for an actor.
Begin = Callable[[Actor], AbstractContextManager[UnitOfWork]]


class TooManyDeliveries(Unavailable):
    """The webhook endpoint '{name}' has received too many deliveries. Try again in {seconds} seconds."""


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


def receive(begin: Begin, secrets: SecretBox, name: str, received: Received, *, per_minute: int) -> Mapping[str, Any]:
    """The answer for the sender, the same for each repeat of an event. Refusals are the sender's or the model's fault."""
    endpoint = _recognised(begin, secrets, name, received, per_minute)
    headers = {name: value[:LONGEST_HEADER] for name, value in received.headers.items() if name in KEPT_HEADERS}
    with begin(SYSTEM) as work:
        now = work.now
    delivery = WebhookDelivery(new_id(now), endpoint.id, "", now, "accepted", headers, received.query, received.body)
    return _apply(begin, endpoint, delivery)


def replay(begin: Begin, endpoint: WebhookEndpoint, failed: WebhookDelivery) -> Mapping[str, Any]:
    """A delivery that failed, once more, with the endpoint as it is set up now. Its signature was checked when it came in."""
    if failed.status == "accepted":
        raise DeliveryAcceptedAlready(at=failed.received_at.isoformat(timespec="seconds"))
    with begin(SYSTEM) as work:
        now = work.now
    return _apply(
        begin, endpoint, replace(failed, id=new_id(now), received_at=now, status="accepted", replay_of=failed.id, sentence="")
    )


def _recognised(begin: Begin, secrets: SecretBox, name: str, received: Received, per_minute: int) -> WebhookEndpoint:
    """The enabled endpoint of this name, once the signature is found right. A stranger uses up nobody's rate."""
    with begin(SYSTEM) as work:
        endpoint = webhook_endpoints.find_named(work, name)
        if endpoint is None or not endpoint.is_enabled:
            raise NotFound(kind="webhook endpoint", id=name)
        refusal = _refusal(secrets, endpoint, received, work)
        if refusal is not None:
            webhook_endpoints.refused(work, endpoint.id, str(refusal))
    if refusal is not None:
        raise refusal
    with begin(SYSTEM) as work:
        if webhook_deliveries.count_since(work, endpoint.id, work.now - timedelta(minutes=1)) >= per_minute:
            raise TooManyDeliveries(name=name, seconds=60)
    return endpoint


def _refusal(secrets: SecretBox, endpoint: WebhookEndpoint, received: Received, work: UnitOfWork) -> SignatureRefused | None:
    try:
        secret = secrets.decrypt(endpoint.secret, endpoints.place(endpoint.id))
        signatures.check(endpoint.style, secret, received.headers, received.body, work.now)
    except SecretUnreadable:
        return SignatureRefused(why="the endpoint has no readable secret.")
    except SignatureRefused as refusal:
        return refusal
    return None


def _apply(begin: Begin, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> Mapping[str, Any]:
    """The answer; a failure is kept in a transaction of its own."""
    try:
        meant = mapping.meant(endpoint, _json(delivery), delivery.headers, delivery.query, delivery.received_at)
        delivery = replace(delivery, event_id=meant.event_id or delivery.event_id or str(delivery.id))
        return _earlier_answer(begin, delivery) or _act(begin, endpoint, delivery, meant)
    except EventRepeated:
        return _earlier_answer(begin, delivery) or {}
    except Refusal as refusal:
        _keep_failed(begin, delivery, str(refusal))
        raise


def _earlier_answer(begin: Begin, delivery: WebhookDelivery) -> Mapping[str, Any] | None:
    with begin(SYSTEM) as work:
        accepted = webhook_deliveries.find_accepted(work, delivery.endpoint_id, delivery.event_id)
    return accepted.answer if accepted else None


def _act(begin: Begin, endpoint: WebhookEndpoint, delivery: WebhookDelivery, meant: Meant) -> Mapping[str, Any]:
    """Delivery, effect and answer in one transaction."""
    with begin(SYSTEM) as work:
        actor = _actor(work, endpoint)
    with begin(actor) as work:
        webhook_deliveries.add(work, delivery)
        instance_id = _do(work, endpoint, meant)
        answer = {"id": str(delivery.id), "processInstanceId": str(instance_id) if instance_id else None}
        webhook_deliveries.answered(work, delivery.id, answer, instance_id)
    return answer


def _do(work: UnitOfWork, endpoint: WebhookEndpoint, meant: Meant) -> uuid.UUID | None:
    """Tells the engine. The process instance it reaches at once, if any."""
    if endpoint.effect == "start":
        return process_instances.start(work, endpoint.target, meant.variables, business_key=meant.business_key).id
    if endpoint.effect == "signal":
        signals.throw(work, endpoint.target, meant.variables)
        return None
    correlated = messages.correlate(
        work,
        endpoint.target,
        correlation_key=meant.correlation_key,
        business_key=meant.business_key,
        variables=meant.variables,
    )
    return correlated.process_instance_id


def _actor(work: UnitOfWork, endpoint: WebhookEndpoint) -> Actor:
    """The administrator who set it up decided what it may do; the person named is who started it."""
    person = work.directory.find_person(endpoint.acts_as) if endpoint.acts_as else None
    rights: frozenset[Right] = frozenset({"administer"})
    if person is None:
        return Actor(f"webhook:{endpoint.name}", endpoint.name, rights=rights)
    return Actor(person.id, person.name, frozenset({f"person:{person.id}"}), rights, person.department)


def _json(delivery: WebhookDelivery) -> Any:
    if delivery.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise DeliveryNotJson
    try:
        return orjson.loads(delivery.body)
    except orjson.JSONDecodeError:
        raise DeliveryNotJson from None


def _keep_failed(begin: Begin, delivery: WebhookDelivery, why: str) -> None:
    with begin(SYSTEM) as work:
        failed = replace(delivery, event_id=delivery.event_id or str(delivery.id), status="failed", sentence=why)
        webhook_deliveries.add(work, failed)
