"""Scripts of script tasks in other languages than FEEL. One file for each language; `runners` has the list.

A script is code from a model, so a runner gives it nothing but variables and takes nothing from it but variables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.facts.sentences import Spoken


class ScriptFailed(Spoken):
    """The script cannot be used; a sentence says why. It stops the element with an incident."""


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """`value` of the last expression, None when it was not wanted; `variables` the script has set. Both as JSON.

    `seconds` of computing it took.
    """

    value: Any
    variables: Mapping[str, Any]
    seconds: float = 0.0


class ScriptRunner(Protocol):
    """Runs the scripts of one language; called by many threads. `formats` are what models write in `scriptFormat` for it: of
    `text/x-javascript` only the last word counts."""

    @property
    def name(self) -> str: ...

    @property
    def formats(self) -> Collection[str]: ...

    def run(self, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool) -> ScriptResult:
        """Runs it to its end within limits of time and memory. Raises ScriptFailed."""
