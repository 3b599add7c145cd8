"""Who may deliver: the styles of common senders, wrong and missing secrets, replays."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from service.store.webhook_endpoints import Style
from service.webhooks.signatures import SignatureRefused, check, sign

SECRET = "0123456789abcdef-secret"
BODY = b'{"customer": "x"}'
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp())


def sha256(text: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def headers_of(style: Style, secret: str = SECRET, body: bytes = BODY, stamp: int = STAMP) -> dict[str, str]:
    """What an honest sender of this style sends."""
    if style == "liuzhuan":
        signature = sign(secret, stamp, "e-1", body)
        return {"liuzhuan-timestamp": str(stamp), "liuzhuan-event-id": "e-1", "liuzhuan-signature": signature}
    if style == "github":
        return {"x-hub-signature-256": "sha256=" + sha256(body, secret), "x-github-delivery": "e-1"}
    if style == "gitlab":
        return {"x-gitlab-token": secret, "x-gitlab-event-uuid": "e-1"}
    return {"stripe-signature": f"t={stamp},v1={sha256(f'{stamp}.'.encode() + body, secret)}"}


STYLES: tuple[Style, ...] = ("liuzhuan", "github", "gitlab", "stripe")


@pytest.mark.parametrize("style", STYLES)
def test_an_honest_sender_is_recognised(style: Style) -> None:
    check(style, SECRET, headers_of(style), BODY, NOW)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("secret", ["", "short", "another secret of 24 let"])
def test_a_wrong_short_or_missing_secret_refuses(style: Style, secret: str) -> None:
    with pytest.raises(SignatureRefused):
        check(style, secret, headers_of(style), BODY, NOW)
    with pytest.raises(SignatureRefused):
        check(style, SECRET, headers_of(style, secret), BODY, NOW)


@pytest.mark.parametrize("style", STYLES)
def test_missing_and_empty_signatures_are_refused(style: Style) -> None:
    for name in headers_of(style):
        if name in ("x-github-delivery", "x-gitlab-event-uuid"):
            continue
        for without in ({}, {name: ""}):
            headers = {key: value for key, value in headers_of(style).items() if key != name} | without
            with pytest.raises(SignatureRefused):
                check(style, SECRET, headers, BODY, NOW)


@pytest.mark.parametrize("style", ["liuzhuan", "github", "stripe"])
def test_a_changed_body_is_refused(style: Style) -> None:
    with pytest.raises(SignatureRefused):
        check(style, SECRET, headers_of(style), BODY + b" ", NOW)


@pytest.mark.parametrize("style", ["liuzhuan", "stripe"])
@pytest.mark.parametrize("seconds", [-301, 301])
def test_five_minutes_are_the_window(style: Style, seconds: int) -> None:
    check(style, SECRET, headers_of(style), BODY, NOW + timedelta(seconds=seconds * 299 // 301))
    with pytest.raises(SignatureRefused):
        check(style, SECRET, headers_of(style), BODY, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "²", "9" * 400, "1e9"])
def test_what_is_no_timestamp_is_refused(stamp: str) -> None:
    with pytest.raises(SignatureRefused):
        check("liuzhuan", SECRET, headers_of("liuzhuan") | {"liuzhuan-timestamp": stamp}, BODY, NOW)
    with pytest.raises(SignatureRefused):
        check("stripe", SECRET, {"stripe-signature": f"t={stamp},v1={'0' * 64}"}, BODY, NOW)


def test_neither_timestamp_nor_event_id_can_be_exchanged() -> None:
    for changed in ({"liuzhuan-timestamp": str(STAMP + 1)}, {"liuzhuan-event-id": "e-2"}):
        with pytest.raises(SignatureRefused):
            check("liuzhuan", SECRET, headers_of("liuzhuan") | changed, BODY, NOW)


def test_stripe_sends_two_signatures_while_a_secret_is_rolled() -> None:
    header = headers_of("stripe")["stripe-signature"]
    check("stripe", SECRET, {"stripe-signature": header.replace(",v1=", f",v1={'0' * 64},v1=")}, BODY, NOW)


def test_a_signature_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(SignatureRefused):
        check("gitlab", SECRET, {"x-gitlab-token": "é"}, BODY, NOW)
