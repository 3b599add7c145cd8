"""Whether a delivery was signed by who knows the secret. Without a secret nothing is accepted."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from engine.facts.errors import NotAllowed
from engine.facts.sentences import Sentence
from service.store.webhook_endpoints import Style

#: A signed timestamp may be this much older or newer than now.
WINDOW = timedelta(minutes=5)
SHORTEST_SECRET = 16


class SignatureRefused(NotAllowed):
    """The delivery is not signed as agreed: {why}."""


#: Reads header names in small letters.
Headers = Mapping[str, str]


def check(style: Style, secret: str, headers: Headers, body: bytes, now: datetime) -> str:
    """SignatureRefused unless the headers prove knowledge of the secret, in the way of the style.

    Answers the SHA-256, in hex, of what the sender has signed. GitHub and GitLab sign neither a moment nor an event id:
    there somebody who repeats a delivery under a new id is known only by this.
    """
    if len(secret) < SHORTEST_SECRET:
        raise SignatureRefused(why=Sentence("the endpoint has no secret."))
    return hashlib.sha256(CHECKS[style](secret, headers, body, now)).hexdigest()


def signed_headers(style: Style, secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """What an honest sender of the style sends with this body."""
    return SIGNERS[style](secret, event_id, body, int(now.timestamp()))


def sign(secret: str, timestamp: int, event_id: str, body: bytes) -> str:
    """Our own style: HMAC-SHA256 over `TIMESTAMP.EVENT-ID.BODY`, so that neither of them can be exchanged."""
    return "v1=" + _hmac(secret, _own_content(timestamp, event_id, body))


def _own(secret: str, headers: Headers, body: bytes, now: datetime) -> bytes:
    timestamp = _within_window(headers.get("liuzhuan-timestamp", ""), now)
    event_id = headers.get("liuzhuan-event-id", "")
    if not event_id:
        raise SignatureRefused(why=Sentence("the header Liuzhuan-Event-Id is missing."))
    _compare(headers.get("liuzhuan-signature", ""), sign(secret, timestamp, event_id, body))
    return _own_content(timestamp, event_id, body)


def _github(secret: str, headers: Headers, body: bytes, now: datetime) -> bytes:
    """https://docs.github.com/webhooks: no timestamp; a repeat has the same delivery id, or at least the same body."""
    _compare(headers.get("x-hub-signature-256", ""), "sha256=" + _hmac(secret, body))
    return body


def _gitlab(secret: str, headers: Headers, body: bytes, now: datetime) -> bytes:
    """The secret itself is sent: https only."""
    _compare(headers.get("x-gitlab-token", ""), secret)
    return body


def _stripe(secret: str, headers: Headers, body: bytes, now: datetime) -> bytes:
    """`t=TIMESTAMP,v1=SIGNATURE[,v1=…]`; while a secret is being rolled there are two signatures."""
    pairs = [part.strip().partition("=") for part in headers.get("stripe-signature", "").split(",")]
    timestamp = _within_window(next((value for name, _, value in pairs if name == "t"), ""), now)
    content = _stripe_content(timestamp, body)
    expected = _hmac(secret, content)
    given = [value for name, _, value in pairs if name == "v1"][:5]
    if not any([_is_same(value, expected) for value in given]):
        raise SignatureRefused(why=Sentence("no signature matches."))
    return content


#: Each answers what the signature covers.
CHECKS: Mapping[Style, Callable[[str, Headers, bytes, datetime], bytes]] = {
    "liuzhuan": _own,
    "github": _github,
    "gitlab": _gitlab,
    "stripe": _stripe,
}


def _signed_by_us(secret: str, event_id: str, body: bytes, timestamp: int) -> dict[str, str]:
    signature = sign(secret, timestamp, event_id, body)
    return {"liuzhuan-timestamp": str(timestamp), "liuzhuan-event-id": event_id, "liuzhuan-signature": signature}


def _signed_by_github(secret: str, event_id: str, body: bytes, timestamp: int) -> dict[str, str]:
    return {"x-hub-signature-256": "sha256=" + _hmac(secret, body), "x-github-delivery": event_id}


def _signed_by_gitlab(secret: str, event_id: str, body: bytes, timestamp: int) -> dict[str, str]:
    return {"x-gitlab-token": secret, "x-gitlab-event-uuid": event_id}


def _signed_by_stripe(secret: str, event_id: str, body: bytes, timestamp: int) -> dict[str, str]:
    return {"stripe-signature": f"t={timestamp},v1={_hmac(secret, _stripe_content(timestamp, body))}"}


#: Header names are in small letters.
SIGNERS: Mapping[Style, Callable[[str, str, bytes, int], dict[str, str]]] = {
    "liuzhuan": _signed_by_us,
    "github": _signed_by_github,
    "gitlab": _signed_by_gitlab,
    "stripe": _signed_by_stripe,
}

#: Where a style says which event it is, unless the endpoint says otherwise.
EVENT_ID_HEADERS: Mapping[Style, str] = {
    "liuzhuan": "liuzhuan-event-id",
    "github": "x-github-delivery",
    "gitlab": "x-gitlab-event-uuid",
}


def _own_content(timestamp: int, event_id: str, body: bytes) -> bytes:
    return f"{timestamp}.{event_id}.".encode() + body


def _stripe_content(timestamp: int, body: bytes) -> bytes:
    return f"{timestamp}.".encode() + body


def _hmac(secret: str, content: bytes) -> str:
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _compare(given: str, expected: str) -> None:
    if not given:
        raise SignatureRefused(why=Sentence("the signature is missing."))
    if not _is_same(given, expected):
        raise SignatureRefused(why=Sentence("the signature does not match."))


def _within_window(text: str, now: datetime) -> int:
    """The timestamp in seconds since 1970."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise SignatureRefused(why=Sentence("the timestamp is missing."))
    if abs(int(text) - now.timestamp()) > WINDOW.total_seconds():
        raise SignatureRefused(why=Sentence("the timestamp is older or newer than five minutes."))
    return int(text)
