"""Ids of rows: UUIDv7 (RFC 9562, 5.7), made before the statement, nothing guessable, in the order of time."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from uuid import UUID

_VARIANT = 0b10 << 62
_VERSION = 7 << 76
_lock = threading.Lock()
_last = (0, 0)


def new_id(now: datetime) -> UUID:
    """An id that sorts after every id this process has made for the same or an earlier millisecond.

    The twelve bits after the milliseconds count the ids of one millisecond, from a random start; 62 bits are random.
    """
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(os.urandom(9), "big")
    count = _count(milliseconds, start=random >> 61)
    return UUID(int=milliseconds << 80 | _VERSION | count << 64 | _VARIANT | random & (1 << 62) - 1)


def _count(milliseconds: int, start: int) -> int:
    """Up to 2,047 ids of one millisecond are in order; the ones after that begin again."""
    global _last
    with _lock:
        count = _last[1] + 1 & 0xFFF if milliseconds == _last[0] else start & 0x7FF
        _last = (milliseconds, count)
    return count
