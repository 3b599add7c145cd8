"""The languages of scripts that are run here. FEEL is not among them: it is evaluated where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from engine.scripts import ScriptRunner
from engine.scripts.javascript import JavaScript

_BUILT_IN: tuple[ScriptRunner, ...] = (JavaScript(),)

#: By their own name, as a saved script task keeps it.
RUNNERS: Mapping[str, ScriptRunner] = {runner.name: runner for runner in _BUILT_IN}


def language_of(format: str) -> str | None:
    """The own name of the language that a model calls so, None when it is not run here."""
    return next((name for name, runner in RUNNERS.items() if format in runner.formats), None)
