"""How long something that has failed waits for its next try: each time longer, and never the same for all.

What has failed together, because one receiver was away, does not come back together.
"""

from __future__ import annotations

import random
from datetime import timedelta

FIRST = timedelta(seconds=10)
LONGEST = timedelta(minutes=15)
#: Around the pause of that length.
_LEAST, _MOST = 0.75, 1.25

#: No pause is longer: what seems to wait for more was set by a clock that has gone back since.
FURTHEST = LONGEST * _MOST
#: No lease of a job and no pause that its receiver asks for is longer.
FURTHEST_OF_JOBS = timedelta(hours=2)

#: Larger powers are beyond the longest pause anyway.
_MOST_DOUBLINGS = 20


def pause(failures: int, *, doublings: int = 1) -> timedelta:
    """After the first failure ten seconds or a little more; each further one doubles that as often as `doublings` says."""
    longer = 1 << min(doublings * max(failures - 1, 0), _MOST_DOUBLINGS)
    return max(FIRST, min(FIRST * longer, LONGEST) * random.uniform(_LEAST, _MOST))  # noqa: S311 - no secret, only spread
