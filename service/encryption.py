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
    """Encrypts for one place (`webhook-endpoint/ID`): moved to another place, the text cannot be read.

    What was encrypted under the `previous` key is read as well, until it is renewed.
    """

    def __init__(self, secret_key: str, previous: str = "") -> None:
        self._ciphers = [_cipher(secret_key), *([_cipher(previous)] if previous else [])]

    def encrypt(self, clear: str, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, clear.encode(), place.encode())

    def decrypt(self, kept: bytes, place: str) -> str:
        return self._opened(kept, place)[0]

    def is_readable(self, kept: bytes, place: str) -> bool:
        try:
            self._opened(kept, place)
        except SecretUnreadable:
            return False
        return True

    def renewed(self, kept: bytes, place: str) -> bytes | None:
        """The same under the key of now; None for what is under it already. Raises SecretUnreadable."""
        clear, cipher = self._opened(kept, place)
        return None if cipher is self._ciphers[0] else self.encrypt(clear, place)

    def _opened(self, kept: bytes, place: str) -> tuple[str, AESGCM]:
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(kept[:_NONCE], kept[_NONCE:], place.encode()).decode(), cipher
            except (InvalidTag, ValueError):
                continue
        raise SecretUnreadable(SecretUnreadable.__doc__)


def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"liuzhuan stored secrets").derive(key.encode()))
