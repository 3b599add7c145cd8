"""What a delivery does: start a process, correlate a message, throw a signal; and in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engine import process_instances
from engine.definitions.forms import StartReview
from engine.facts.actor import Actor, Right
from engine.messaging import messages, signals
from engine.store.unit_of_work import UnitOfWork
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks.mapping import Meant

Result = Literal["started", "delivered", "buffered", "thrown"]


@dataclass(frozen=True, slots=True)
class Effect:
    """`reached` is how many process instances heard it: a signal reaches any number, each a moment later."""

    result: Result
    process_instance_id: UUID | None = None
    reached: int = 1


def carry_out(work: UnitOfWork, endpoint: WebhookEndpoint, meant: Meant, review: StartReview) -> Effect:
    """Tells the engine. `review` checks the variables of what is started."""
    if endpoint.effect == "start":
        started = process_instances.start(work, endpoint.target, meant.variables, business_key=meant.business_key, review=review)
        return Effect("started", started.id)
    if endpoint.effect == "signal":
        return Effect("thrown", reached=signals.throw(work, endpoint.target, meant.variables))
    correlated = messages.correlate(
        work,
        endpoint.target,
        correlation_key=meant.correlation_key,
        business_key=meant.business_key,
        variables=meant.variables,
        review=review,
    )
    return Effect(correlated.result, correlated.process_instance_id, reached=int(correlated.result != "buffered"))


def actor_of(work: UnitOfWork, endpoint: WebhookEndpoint) -> Actor:
    """The administrator who set it up decided what it may do; the person named is who started it."""
    person = work.directory.find_person(endpoint.acts_as) if endpoint.acts_as else None
    rights: frozenset[Right] = frozenset({"administer"})
    if person is None:
        return Actor(f"webhook:{endpoint.name}", endpoint.name, rights=rights)
    return Actor(person.id, person.name, frozenset({f"person:{person.id}"}), rights, person.department)
