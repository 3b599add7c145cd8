"""How long the steps of process instances take in this process, by verb: for who watches the service."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Upper bounds in seconds; what takes longer falls behind the last one.
BOUNDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


@dataclass(slots=True)
class StepTimes:
    """`counts`: one for each bound, and one for everything beyond."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


_seen: dict[str, StepTimes] = {}
_guard = threading.Lock()


def observe(verb: str, seconds: float) -> None:
    """A step from reading the instance to its record."""
    place = bisect_left(BOUNDS, seconds)
    with _guard:
        times = _seen.get(verb)
        if times is None:
            times = _seen[verb] = StepTimes()
        times.counts[place] += 1
        times.total += seconds


def seen() -> Mapping[str, StepTimes]:
    """Since the process began."""
    with _guard:
        return {verb: StepTimes(list(times.counts), times.total) for verb, times in _seen.items()}
