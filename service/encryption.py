"""Secrets that have to be read again, such as those of webhooks, are kept encrypted: AES-256-GCM under the secret key."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class SecretUnreadable(Exception):
    """A stored secret was encrypted under another secret key, or moved from another row. Enter it again."""


class SecretBox:
    """Encrypts for one place (`webhook-endpoint/ID`): moved to another place, the text cannot be read."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"liuzhuan stored secrets").derive(secret_key.encode())
        self._cipher = AESGCM(derived)

    def encrypt(self, clear: str, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, clear.encode(), place.encode())

    def decrypt(self, kept: bytes, place: str) -> str:
        try:
            return self._cipher.decrypt(kept[:_NONCE], kept[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError):
            raise SecretUnreadable(SecretUnreadable.__doc__) from None
