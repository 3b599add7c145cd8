"""How often a trouble that lasts is told: at once, then ever more seldom. Whoever tells it each time hides all the rest."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable
from typing import Final

#: Seconds between the first line and the second; each pause after that is twice as long.
FIRST: Final = 30.0
LONGEST: Final = 900.0


class Pace:
    """Of one trouble. Where it has not been met for as long as the last pause, it begins anew. `clock`: seconds, ever later."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pause = FIRST
        self._met_at = self._due_at = -math.inf
        self._untold = 0

    def times(self) -> int:
        """Called each time it is met. 0: it is not told now; else how often it was met since it was told last, this time
        included."""
        now = self._clock()
        is_new = now - self._met_at > self._pause
        self._met_at = now
        self._untold += 1
        if not is_new and now < self._due_at:
            return 0
        self._pause = FIRST if is_new else min(2 * self._pause, LONGEST)
        self._due_at = now + self._pause
        times, self._untold = self._untold, 0
        return 1 if is_new else times


class PaceOfLast:
    """Of whatever trouble was met last: another one is told at once. `pace` makes that of each."""

    def __init__(self, pace: Callable[[], Pace] = Pace) -> None:
        self._new = pace
        self._pace = pace()
        self._trouble: object = None

    def times(self, trouble: object) -> int:
        """As `Pace.times`, of this trouble."""
        if trouble != self._trouble:
            self._trouble, self._pace = trouble, self._new()
        return self._pace.times()


class Paces:
    """Of many troubles, each known by what all its cases have in common. Shared by threads."""

    #: Of so many it is known when they were told; then those that were met first are forgotten.
    MOST: Final = 1_000

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._paces: dict[Hashable, Pace] = {}
        self._meeting = threading.Lock()

    def times(self, trouble: Hashable) -> int:
        """As `Pace.times`, of this trouble."""
        with self._meeting:
            pace = self._paces.setdefault(trouble, Pace(self._clock))
            if len(self._paces) > self.MOST:
                del self._paces[next(iter(self._paces))]
            return pace.times()
