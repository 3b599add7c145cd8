"""The CSRF token of a session, said differently each time: in compressed answers what stays the same could be guessed by their
length (BREACH). What is said is a random mask and the token under it."""

from __future__ import annotations

import base64
import hmac
import secrets

from service.identity.hashing import keyed

#: Bytes of the token itself.
LENGTH = 32


def masked(secret_key: str, session_id: str) -> str:
    """For a page, or for a program that has signed in."""
    mask = secrets.token_bytes(LENGTH)
    return base64.urlsafe_b64encode(mask + _under(mask, _token(secret_key, session_id))).decode()


def is_of(secret_key: str, session_id: str, given: str) -> bool:
    """Whether what came back is the token of this session, under any mask."""
    try:
        said = base64.urlsafe_b64decode(given)
    except ValueError:
        return False
    return hmac.compare_digest(_under(said[:LENGTH], said[LENGTH:]), _token(secret_key, session_id))


def _token(secret_key: str, session_id: str) -> bytes:
    return bytes.fromhex(keyed(secret_key, "csrf", session_id))


def _under(mask: bytes, text: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(mask, text, strict=False))
