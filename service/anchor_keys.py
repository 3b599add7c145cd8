"""The key that signs anchors (Ed25519): in a file of its own, outside of the database, so that only who has it can sign."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence, verbatim
from engine.operating.anchor_files import IsSignature
from engine.operating.anchors import Sign

_THERE = Sentence(
    "there is a file already, and a key that has signed anchors is not written over. Name another file, or move that one away"
)


Key = TypeVar("Key", Ed25519PrivateKey, Ed25519PublicKey)


def signer(path: str) -> Sign | None:
    """Signs with the private key in a file; None where no file is named. Refuses: Invalid."""
    if not path:
        return None
    key = _loaded(path, load_private)
    return key.sign


def verifier(path: str) -> IsSignature:
    """Looks at signatures with the public key in a file, or with the one of a private key. Refuses: Invalid."""
    key = _loaded(path, load_public)

    def is_signature(signature: bytes, digest: bytes) -> bool:
        try:
            key.verify(signature, digest)
        except InvalidSignature:
            return False
        return True

    return is_signature


def make_key(path: Path) -> str:
    """Writes a new private key, which nobody else may read, and answers its public key. Refuses: Invalid."""
    key = Ed25519PrivateKey.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        why = _THERE if isinstance(fault, FileExistsError) else verbatim(os.strerror(fault.errno or 0))
        raise Invalid(why=Sentence("No key was written to {path}: {why}.", path=path, why=why)) from fault
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _loaded(path: str, load: Callable[[bytes], Key]) -> Key:
    try:
        return load(Path(path).read_bytes())
    except (OSError, ValueError, TypeError) as fault:
        why = Sentence("{path} is no file with a key of Ed25519 in PEM. Make one: liuzhuan anchors key FILE", path=path)
        raise Invalid(why=why) from fault


def load_private(text: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(text, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError
    return key


def load_public(text: bytes) -> Ed25519PublicKey:
    if b"PRIVATE KEY" in text:
        return load_private(text).public_key()
    key = load_pem_public_key(text)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError
    return key
