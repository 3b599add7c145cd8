"""Passwords are kept as argon2id hashes, with the parameters of RFC 9106 §4 for small memory."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence

SHORTEST = 8
#: argon2 reads all of it; nobody types more.
LONGEST = 200

_hasher = PasswordHasher()


class PasswordRefused(Invalid):
    """The password cannot be used: {why}. Choose another one."""


def hashed(password: str) -> str:
    """What is stored; takes about 50 ms on purpose."""
    require_usable(password)
    return _hasher.hash(password)


def require_usable(password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused(why=Sentence("it must have {least} to {most} characters.", least=SHORTEST, most=LONGEST))


def matches(stored: str | None, password: str) -> bool:
    """Takes the same time for somebody without a password as for somebody with one."""
    try:
        return _hasher.verify(stored or _nobodys(), password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with weaker parameters than today's, to be replaced at the next sign-in."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of somebody who does not exist")
