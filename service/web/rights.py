"""Pages of a right: refused as a whole to whoever does not hold it."""

from __future__ import annotations

from engine.facts.actor import Right
from engine.facts.errors import NotAllowed
from service.identity.current import current_actor


def require(*rights: Right, to: str) -> None:
    """One of the rights is enough. `to` says what for: "see the incidents"."""
    if not any(current_actor().may(right) for right in rights):
        raise NotAllowed(verb=to, what="here", why="this needs a right you do not have. Ask an administrator for it.")
