"""Random secrets and the hashes under which they are kept. They are long, so one fast hash is enough."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def random_secret() -> str:
    """256 bits as 43 characters that need no quoting in an address or a header."""
    return secrets.token_urlsafe(32)


def kept(secret: str) -> bytes:
    """What is stored instead of the secret."""
    return hashlib.sha256(secret.encode()).digest()


def keyed(key: str, purpose: str, text: str) -> str:
    """A value nobody can make without the key; one purpose says nothing about another."""
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
