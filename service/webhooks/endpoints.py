"""Setting endpoints up: only administrators do, because an endpoint acts without anybody signed in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine import access
from engine.facts.errors import Conflict, Invalid, NotFound, Problem
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.facts.values import fault_of_text
from engine.store.paging import Page
from engine.store.unit_of_work import UnitOfWork
from service.encryption import SecretBox
from service.store import webhook_deliveries, webhook_endpoints
from service.store.webhook_deliveries import WebhookDelivery
from service.store.webhook_endpoints import Effect, Style, WebhookEndpoint
from service.webhooks import mapping
from service.webhooks.signatures import SHORTEST_SECRET

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
LONGEST_TARGET = 200


class EndpointRefused(Invalid):
    """The webhook endpoint cannot be kept: {count} {count:problem|problems}."""


class EndpointNameTaken(Conflict):
    """There is a webhook endpoint '{name}' already. Choose another name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An endpoint as an administrator describes it."""

    name: str
    style: Style
    effect: Effect
    target: str
    variables: str = ""
    business_key: str = ""
    correlation_key: str = ""
    event_id: str = ""
    acts_as: str | None = None
    is_enabled: bool = True


def list_(work: UnitOfWork) -> Sequence[WebhookEndpoint]:
    access.right(work, "administer", to=Sentence("see webhook endpoints"))
    return webhook_endpoints.all_(work)


def get(work: UnitOfWork, id: uuid.UUID) -> WebhookEndpoint:
    access.right(work, "administer", to=Sentence("see webhook endpoints"))
    endpoint = webhook_endpoints.find(work, id)
    if endpoint is None:
        raise NotFound(kind=Sentence("webhook endpoint"), id=str(id))
    return endpoint


def create(work: UnitOfWork, secrets: SecretBox, wanted: Wanted, secret: str) -> WebhookEndpoint:
    access.right(work, "administer", to=Sentence("set up webhook endpoints"))
    _refuse(work, wanted, secret)
    if webhook_endpoints.find_named(work, wanted.name):
        raise EndpointNameTaken(name=wanted.name)
    id = new_id(work.now)
    endpoint = WebhookEndpoint(
        id=id, **_as_values(wanted), created_at=work.now, created_by=work.actor.id, secret=secrets.encrypt(secret, place(id))
    )
    webhook_endpoints.add(work, endpoint)
    return endpoint


def change(
    work: UnitOfWork, secrets: SecretBox, endpoint: WebhookEndpoint, wanted: Wanted, secret: str | None
) -> WebhookEndpoint:
    """Of one that `get` has granted. Without a secret it keeps the one it has; senders must be told of a new one."""
    _refuse(work, wanted, secret)
    if wanted.name != endpoint.name and webhook_endpoints.find_named(work, wanted.name):
        raise EndpointNameTaken(name=wanted.name)
    values = _as_values(wanted)
    if secret is not None:
        values["secret"] = secrets.encrypt(secret, place(endpoint.id))
    webhook_endpoints.change(work, endpoint.id, values)
    return replace(endpoint, **values)


def give_secret(work: UnitOfWork, secrets: SecretBox, id: uuid.UUID, secret: str) -> WebhookEndpoint:
    """From now on: deliveries signed with the one before are refused."""
    endpoint = get(work, id)
    return change(work, secrets, endpoint, wanted_of(endpoint), secret)


def enable(work: UnitOfWork, secrets: SecretBox, id: uuid.UUID, *, is_enabled: bool) -> WebhookEndpoint:
    """While it is off, senders are told that there is no such endpoint."""
    endpoint = get(work, id)
    return change(work, secrets, endpoint, replace(wanted_of(endpoint), is_enabled=is_enabled), None)


def wanted_of(endpoint: WebhookEndpoint) -> Wanted:
    """The description it has now."""
    return Wanted(**{name: getattr(endpoint, name) for name in Wanted.__dataclass_fields__})


def delete(work: UnitOfWork, id: uuid.UUID) -> None:
    """With the log of its deliveries."""
    webhook_endpoints.remove(work, get(work, id).id)


def deliveries(
    work: UnitOfWork, endpoint: WebhookEndpoint, *, after: str | None = None, limit: int = 50
) -> Page[WebhookDelivery]:
    """Of one that `get` has granted: newest first, a page at a time."""
    return webhook_deliveries.latest(work, endpoint.id, after=after, limit=limit)


def delivery(work: UnitOfWork, endpoint: WebhookEndpoint, id: uuid.UUID) -> WebhookDelivery:
    """Of one that `get` has granted."""
    found = webhook_deliveries.find(work, endpoint.id, id)
    if found is None:
        raise NotFound(kind=Sentence("webhook delivery"), id=str(id))
    return found


def try_out(work: UnitOfWork, id: uuid.UUID, body: Any, headers: Mapping[str, str], query: Mapping[str, str]) -> mapping.Meant:
    """What a delivery like this would mean. Nothing happens."""
    small = {name.lower(): value for name, value in headers.items()}
    return mapping.meant(get(work, id), body, small, query, work.local_now)


def place(id: uuid.UUID) -> str:
    """What the secret of an endpoint is bound to."""
    return f"webhook-endpoint/{id}"


def _as_values(wanted: Wanted) -> dict[str, Any]:
    values = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
    return values | {column: mapping.without_equals_sign(values[column]) for column in mapping.EXPRESSIONS}


def _refuse(work: UnitOfWork, wanted: Wanted, secret: str | None) -> None:
    values = _as_values(wanted)
    problems = list(mapping.problems({column: values[column] for column in mapping.EXPRESSIONS}))
    if not NAME.fullmatch(wanted.name):
        sentence = Sentence("A name has 1 to 64 small letters, digits and hyphens, and begins and ends with a letter or digit.")
        problems.append(Problem("name", sentence, where="name", fix=Sentence("Choose one such as crm or sales-leads.")))
    if not 0 < len(wanted.target) <= LONGEST_TARGET:
        sentence = Sentence(
            "It needs the key of a process, or the name of a message or signal, of 1 to {limit} characters.", limit=LONGEST_TARGET
        )
        problems.append(Problem("target", sentence, where="target", fix=Sentence("Choose one of those offered.")))
    elif (fault := fault_of_text(wanted.target, Sentence("the target"))) is not None:
        problems.append(Problem("target", fault, where="target"))
    if secret is not None and len(secret) < SHORTEST_SECRET:
        sentence = Sentence("The secret has fewer than {least} characters.", least=SHORTEST_SECRET)
        problems.append(Problem("secret", sentence, where="secret", fix=Sentence("Let the sender make a random one.")))
    if wanted.acts_as is not None and work.directory.find_person(wanted.acts_as) is None:
        problems.append(
            Problem("person", Sentence("There is nobody with the id '{person}'.", person=wanted.acts_as), where="acts_as")
        )
    if problems:
        raise EndpointRefused(problems=tuple(problems), count=len(problems))
