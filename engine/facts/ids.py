"""Ids of rows: UUIDv7 (RFC 9562, 5.7), made before the statement, nothing guessable, in the order of time."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from functools import lru_cache
from uuid import UUID

_VARIANT = 0b10 << 62
_VERSION = 7 << 76

#: Stamps are milliseconds with twelve bits of counting below. A clock set back by less than this goes on counting from the last
#: stamp; after a greater jump the clock is believed.
_PATIENCE_MS = 10_000
_PATIENCE = _PATIENCE_MS << 12

_lock = threading.Lock()
_last = 0


@lru_cache(maxsize=1000)
def uuid_of(text: str) -> UUID:
    """Of a text that comes again and again: the definition's id in events and saved states."""
    return UUID(text)


def new_id(now: datetime) -> UUID:
    """An id that sorts after every id this process has made before; 62 bits of it are random.

    The twelve bits after the milliseconds count the ids of one millisecond, from a random start.
    """
    random = int.from_bytes(os.urandom(10), "big")
    stamp = _next(int(now.timestamp() * 1000) << 12 | random >> 69)
    return UUID(int=stamp >> 12 << 80 | _VERSION | (stamp & 0xFFF) << 64 | _VARIANT | random & (1 << 62) - 1)


def first_id(moment: datetime) -> UUID:
    """Sorts before every id made from that moment on, and after those made before."""
    return UUID(int=_stamp(moment) << 80)


def id_beyond(moment: datetime) -> UUID:
    """Sorts after every id made until that moment, also where a clock was set back and the stamps ran ahead of it."""
    return UUID(int=_stamp(moment) + _PATIENCE_MS + 1_000 << 80)


def _stamp(moment: datetime) -> int:
    """In milliseconds; before 1970 there are no ids."""
    return max(int(moment.timestamp() * 1000), 0)


def _next(fresh: int) -> int:
    """`fresh`, or one more than the last stamp when that is not less; a full millisecond runs over into the next."""
    global _last
    with _lock:
        _last = _last + 1 if 0 <= _last - fresh < _PATIENCE else fresh
        return _last
