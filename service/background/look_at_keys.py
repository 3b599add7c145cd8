"""Looks whether what is kept encrypted can be read with the secret key of this process, and tells in the log where it cannot."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from engine.facts.actor import SYSTEM
from service.parts import Parts
from service.secrets.unreadable import told, unreadable

log = logging.getLogger(__name__)


class Keys:
    """Tells the same only once."""

    def __init__(self) -> None:
        self._told: Sequence[str] = ()

    def run_once(self, parts: Parts) -> int:
        """0: nothing is done about it here."""
        with parts.begin(SYSTEM) as work:
            names = unreadable(work, parts.secrets)
        if names and names != self._told:
            log.error(str(told(names)), extra={"secrets": names})
        self._told = names
        return 0
