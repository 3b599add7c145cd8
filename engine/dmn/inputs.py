"""The values given to an evaluation, looked up by the input data and input decisions they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.dmn.graph import Reference
from engine.feel.frames import MISSING


class Inputs:
    """Values by name. One for an element of another model may be given as `{namespace}name`, in a context named as the
    import, or by its plain name.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def find(self, reference: Reference) -> Any:
        """The value for an element, MISSING when none was given."""
        name = reference.element.variable.name
        candidates = (f"{{{reference.namespace}}}{name}", reference.name, name)
        for key in candidates:
            if key in self._values:
                return self._values[key]
        return self._inside(reference)

    def named(self, names: frozenset[str]) -> dict[str, Any]:
        """The values given for these names."""
        return {name: self._values[name] for name in names if name in self._values}

    def _inside(self, reference: Reference) -> Any:
        context: Any = self._values
        for name in (*reference.path, reference.element.variable.name):
            context = context.get(name, MISSING) if isinstance(context, Mapping) else MISSING
        return context
