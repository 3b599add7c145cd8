"""Everything that is kept encrypted, brought under the secret key of now: secrets of connectors and of webhook endpoints."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine import access
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.encryption import SecretBox, SecretUnreadable
from service.secrets import keeping
from service.store import secrets, webhook_endpoints
from service.webhooks import endpoints


@dataclass(slots=True)
class Rotated:
    """How many were renewed, how many were under the key of now already, and which can be read under neither key."""

    renewed: int = 0
    current: int = 0
    unreadable: list[str] = field(default_factory=list)


def rotate(work: UnitOfWork, box: SecretBox) -> Rotated:
    """Done twice it changes nothing. What nobody can read stays as it is."""
    access.right(work, "administer", to=Sentence("encrypt secrets anew"))
    work.begin()
    rotated = Rotated()
    for secret in secrets.kept(work):
        after = _renewed(box, rotated, secret.value, keeping.place(secret))
        if after is not None:
            secrets.renew(work, secret.name, secret.value, after)
    for endpoint in webhook_endpoints.all_(work):
        after = _renewed(box, rotated, endpoint.secret, endpoints.place(endpoint.id), f"webhook-endpoint/{endpoint.name}")
        if after is not None:
            webhook_endpoints.renew_secret(work, endpoint.id, endpoint.secret, after)
    return rotated


def _renewed(box: SecretBox, rotated: Rotated, kept: bytes, place: str, called: str = "") -> bytes | None:
    try:
        after = box.renewed(kept, place)
    except SecretUnreadable:
        rotated.unreadable.append(called or place.rpartition("/")[0])
        return None
    if after is None:
        rotated.current += 1
    else:
        rotated.renewed += 1
    return after
