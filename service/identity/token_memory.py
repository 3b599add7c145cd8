"""Whom a token belonged to a moment ago: programs send hundreds of requests a second with the same one."""

from __future__ import annotations

import time
from collections.abc import Callable

from service.identity.authentication import Caller
from service.identity.hashing import kept

#: Callers remembered at most; then everybody is forgotten, because forgetting costs one SELECT each.
MOST = 10_000


class TokenMemory:
    """Belongs to one process. A revoked token or right still works in other processes for up to `seconds`; 0 remembers nobody."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._callers: dict[bytes, tuple[float, Caller]] = {}

    def find(self, clear: str) -> Caller | None:
        """None for a token not seen within the last `seconds`."""
        until, caller = self._callers.get(kept(clear), (0.0, None))
        return caller if self._clock() < until else None

    def keep(self, clear: str, caller: Caller) -> None:
        if self._seconds <= 0:
            return
        if len(self._callers) >= MOST:
            self._callers.clear()
        self._callers[kept(clear)] = (self._clock() + self._seconds, caller)

    def forget(self) -> None:
        """Everybody: a token was revoked here."""
        self._callers.clear()
