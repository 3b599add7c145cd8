"""What an element asks of the process instance around it, and through it of the world outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from engine.scripts import ScriptResult


class Services(Protocol):
    """The same for every element of a process instance."""

    def decide(self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any]) -> tuple[Any, Any]:
        """The result of a decision as JSON, and its trace."""

    def run_script(self, language: str, source: str, variables: Mapping[str, Any], *, wants_value: bool) -> ScriptResult:
        """Runs a script that is not FEEL; `wants_value`: the value of its last expression is asked for."""

    def publish(self, kind: str, name: str, key: str | None, values: Mapping[str, Any]) -> bool:
        """A message for the first that waits for it in this process instance, a signal for all; was there one?"""
