"""What the load has asked for and the service has said to be done: what the tables are held against afterwards."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

#: Who takes part: one may do everything, the other only works.
PEOPLE = ("ann", "bob")
#: What an approved errand and its echo write into the history, and what a refused one does.
TRANSITIONS, REFUSED_TRANSITIONS = 9, 3


@dataclass
class Errand:
    """One process instance as its client means it to be. `number` decides what kind of errand it is."""

    number: int
    key: str
    receiver: str
    instance: str = ""
    #: User tasks that were answered as completed, by element.
    tasks: dict[str, str] = field(default_factory=dict)
    #: Why the client has left it; its end is not expected any more.
    given_up: str = ""

    @property
    def is_refused(self) -> bool:
        return self.number % 8 == 5

    @property
    def outcome(self) -> str:
        return "refuse" if self.is_refused else "approve"

    @property
    def steps(self) -> tuple[str, ...]:
        """The elements at which somebody has to act, in order."""
        return ("first",) if self.is_refused else ("first", "second")

    @property
    def is_over(self) -> bool:
        return len(self.tasks) == len(self.steps)

    @property
    def is_contested(self) -> bool:
        """Somebody else tries to complete what was claimed."""
        return self.number % 4 == 1

    @property
    def is_started_twice(self) -> bool:
        return self.number % 6 == 2

    def person(self, element: str) -> str:
        """Who is to do the step; another one does the next."""
        return PEOPLE[(self.number + (element == "second")) % 2]

    def submission(self, element: str) -> dict[str, Any]:
        """The body with which the step is completed."""
        if element == "second":
            return {"variables": {"note": f"note {self.key}"}}
        return {
            "variables": {"word": f"word {self.key}"},
            "outcome": self.outcome,
            "comment": f"opinion {self.key}",
        }


@dataclass
class Ledger:
    """All errands that were answered as started, by key."""

    errands: dict[str, Errand] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _serial: int = 0

    def next_number(self) -> int:
        with self._guard:
            self._serial += 1
            return self._serial

    def add(self, errand: Errand) -> None:
        with self._guard:
            self.errands[errand.key] = errand

    def all(self) -> tuple[Errand, ...]:
        with self._guard:
            return tuple(self.errands.values())

    @property
    def approved(self) -> tuple[Errand, ...]:
        """Those that lead to a call, an echo and a mail."""
        return tuple(errand for errand in self.all() if not errand.is_refused)

    @property
    def transitions(self) -> int:
        """At least so many."""
        return sum(REFUSED_TRANSITIONS if errand.is_refused else TRANSITIONS for errand in self.all() if errand.is_over)
