"""Who asks. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What a person or a system may do at all; objects are checked by engine.access.
Right = Literal["work", "start", "design", "operate", "administer"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person or a system with a token.

    `groups` are the candidate keys the actor answers to: `person:ID`, `role:ROLE` and `role:ROLE@DEPARTMENT`
    for each role and department held, `department:ID`. They are compared with the candidates of a user task.
    """

    id: str
    name: str
    groups: frozenset[str] = frozenset()
    rights: frozenset[Right] = frozenset()
    department: str | None = None

    def may(self, right: Right) -> bool:
        """An administrator may do everything."""
        return right in self.rights or "administer" in self.rights


#: Acts for timers, jobs and messages: nobody's inbox, every instance.
SYSTEM = Actor("system", "system", rights=frozenset({"administer"}))
