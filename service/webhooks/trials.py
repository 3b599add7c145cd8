"""Trying an endpoint out: a sample signed as its sender would sign it, and what it would do. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engine import access, process_instances
from engine.definitions.forms import StartReview
from engine.facts.actor import SYSTEM
from engine.facts.errors import Refusal
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.process_instances import Entry, ProcessInstance
from engine.store.unit_of_work import Begin, UnitOfWork
from service.encryption import SecretBox, SecretUnreadable
from service.store.webhook_deliveries import WebhookDelivery
from service.store.webhook_endpoints import WebhookEndpoint
from service.webhooks import effects, endpoints, mapping, receiving, signatures
from service.webhooks.effects import Effect
from service.webhooks.mapping import Meant
from service.webhooks.receiving import Received, Review
from service.webhooks.signatures import SignatureRefused

JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would follow. `instance` is the process instance that is started or reached, `waiting` its open steps afterwards."""

    effect: Effect
    instance: ProcessInstance | None
    waiting: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """As far as it came: a delivery that would be refused has no outcome, one that cannot be read no meaning either."""

    meant: Meant | None = None
    outcome: Outcome | None = None
    refusal: Refusal | None = None


def sample(work: UnitOfWork, secrets: SecretBox, id: UUID, body: bytes) -> tuple[WebhookEndpoint, Received]:
    """The request as the endpoint's sender would send it now. For administrators: it proves knowledge of the secret."""
    access.right(work, "administer", to=Sentence("try webhook endpoints"))
    endpoint = endpoints.get(work, id)
    try:
        secret = secrets.decrypt(endpoint.secret, endpoints.place(id))
    except SecretUnreadable:
        raise SignatureRefused(why=Sentence("the endpoint has no readable secret.")) from None
    signed = signatures.signed_headers(endpoint.style, secret, str(new_id(work.now)), body, work.now)
    return endpoint, Received({**JSON, **signed}, {}, body)


def rehearse(begin: Begin, endpoint: WebhookEndpoint, received: Received, *, review: Review) -> Trial:
    """What the delivery would do, found out by doing it in a transaction that is taken back."""
    with begin(SYSTEM) as work:
        actor, now = effects.actor_of(work, endpoint), work.local_now
    delivery = WebhookDelivery(new_id(now), endpoint.id, "", now, "accepted", received.headers, received.query, received.body)
    meant = None
    try:
        meant = mapping.meant(endpoint, receiving.json_of(delivery), received.headers, received.query, now)
        with begin(actor) as work:
            work.rehearse()
            return Trial(meant, _outcome(work, endpoint, meant, review(work)))
    except Refusal as refusal:
        return Trial(meant, refusal=refusal)


def _outcome(work: UnitOfWork, endpoint: WebhookEndpoint, meant: Meant, review: StartReview) -> Outcome:
    effect = effects.carry_out(work, endpoint, meant, review)
    if effect.process_instance_id is None:
        return Outcome(effect, None, ())
    instance = process_instances.get(work, effect.process_instance_id)
    entries = process_instances.record(work, instance).entries
    return Outcome(effect, instance, tuple(entry for entry in entries if entry.action == "waiting"))


def shown_headers(endpoint: WebhookEndpoint, headers: Mapping[str, str]) -> dict[str, str]:
    """For people: GitLab sends the secret itself, and that is shown to nobody again."""
    return {
        name: "•" * 8 if endpoint.style == "gitlab" and name == "x-gitlab-token" else value for name, value in headers.items()
    }
