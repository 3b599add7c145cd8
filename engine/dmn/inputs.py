"""The values given to an evaluation, looked up by the input data and input decisions they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.dmn.graph import Graph
from engine.dmn.model import Model, Reference
from engine.feel.frames import MISSING


class Inputs:
    """Values by name. One for an element of an imported model may be given as `{namespace}name`, as `import.name`, in a
    context named as the import, or by its plain name.
    """

    def __init__(self, values: Mapping[str, Any], model: Model | None = None) -> None:
        self._values = values
        imported = Graph(model.definitions, model.imported).imported_models() if model else ()
        self._paths = {found.namespace: path for path, found in imported}

    def find(self, reference: Reference) -> Any:
        """The value for an element, MISSING when none was given."""
        for path in self._paths_to(reference):
            value = self._inside(path)
            if value is not MISSING:
                return value
        return MISSING

    def named(self, names: frozenset[str]) -> dict[str, Any]:
        """The values given for these names."""
        return {name: self._values[name] for name in names if name in self._values}

    def _paths_to(self, reference: Reference) -> Iterator[tuple[str, ...]]:
        """The ways to write it, the most exact first."""
        name = reference.element.variable.name
        yield (f"{{{reference.namespace}}}{name}",)
        path = (*self._paths.get(reference.namespace, ()), name)
        yield (".".join(path),)
        yield path
        yield (name,)

    def _inside(self, path: tuple[str, ...]) -> Any:
        value: Any = self._values
        for name in path:
            value = value.get(name, MISSING) if isinstance(value, Mapping) else MISSING
        return value
