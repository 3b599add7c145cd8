"""How long one step may compute, in seconds of CPU time of its thread; waiting for a database or for others does not count.

Whoever repeats work looks at the clock now and then: expressions, decisions, the queue of elements. What a step contains shares
its budget; what is evaluated outside of any step has one of its own.
"""

from __future__ import annotations

import threading
from time import thread_time
from types import TracebackType

from engine.facts.sentences import Sentence, Spoken

#: Unless the service is set otherwise.
STEP_SECONDS = 2.0


class _Limit:
    """What this process was set to."""

    seconds = STEP_SECONDS


class _Thread(threading.local):
    budget: TimeBudget | None = None


_this_thread = _Thread()


class ComputesTooLong(Spoken):
    """The budget of time is used up; nothing of the step is kept."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Sentence(
                "It computes for longer than {seconds:g} s, which is all that one step may take. Let it go through less at once, "
                "or do it in a job; who operates the service may raise LIUZHUAN_STEP_SECONDS.",
                seconds=seconds,
            )
        )
        self.seconds = seconds


class TimeBudget:
    """Of the thread that looks at it; begins with the first look. Most steps do too little for a look, and do without asking: the
    clock of a thread is a call into the system at which a busy one gives way to others."""

    __slots__ = ("_ends", "seconds")

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = _Limit.seconds if seconds is None else seconds
        self._ends: float | None = None

    def check(self) -> None:
        """Raises ComputesTooLong when it is used up."""
        if self._ends is None:
            self._ends = thread_time() + self.seconds
        elif thread_time() > self._ends:
            raise ComputesTooLong(self.seconds)


class one_step:  # noqa: N801 - reads as what it is: `with one_step():`
    """Everything inside shares one budget; inside of another step it is part of that."""

    __slots__ = ("_is_outermost",)

    def __enter__(self) -> TimeBudget:
        budget = _this_thread.budget
        self._is_outermost = budget is None
        if budget is None:
            budget = _this_thread.budget = TimeBudget()
        return budget

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if self._is_outermost:
            _this_thread.budget = None


def budget_of_thread() -> TimeBudget:
    """That of the step which this thread is in; a new one outside of any."""
    return _this_thread.budget or TimeBudget()


def allow_seconds(seconds: float) -> None:
    """From now on each step of this process may take so long."""
    _Limit.seconds = seconds
