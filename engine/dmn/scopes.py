"""Puts what is required under the name that expressions know it by."""

from __future__ import annotations

from typing import Any

from engine.dmn.model import Reference


def put(scope: dict[str, Any], reference: Reference, value: Any) -> None:
    """Under its own name; an imported element inside the context that has the import's name."""
    for name in reference.path:
        scope = scope.setdefault(name, {})
    scope[reference.element.variable.name] = value
