"""What the hrefs of a file mean: elements of the file or of the models it imports, and the names they are known by."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from engine.dmn.definitions import Definitions
from engine.dmn.model import Model, Reference

#: The import names that lead to a file, the file, and what it imports.
Level = tuple[tuple[str, ...], Definitions, Mapping[str, Model]]


class Graph:
    """The elements that a file can require, by href."""

    def __init__(self, definitions: Definitions, imported: Mapping[str, Model]) -> None:
        self.definitions = definitions
        self.imported = imported

    def find(self, href: str) -> Reference | None:
        """`#id` and `namespace#id` (clause 6.3.3); None when there is no such element."""
        namespace, _, identifier = href.rpartition("#")
        if namespace in ("", self.definitions.namespace):
            element = self.definitions.by_id.get(identifier)
            return Reference(element, self.definitions.namespace) if element else None
        return self._find_imported(namespace, identifier)

    def _find_imported(self, namespace: str, identifier: str) -> Reference | None:
        for path, model in self.imported_models():
            element = model.definitions.by_id.get(identifier) if model.namespace == namespace else None
            if element:
                return Reference(element, namespace, path, model)
        return None

    def imported_models(self) -> Iterator[tuple[tuple[str, ...], Model]]:
        """Every model imported here or by an import, nearest first, with the import names that lead to it."""
        start: Level = ((), self.definitions, self.imported)
        waiting = deque([start])
        seen = {self.definitions.namespace}
        while waiting:
            path, definitions, imported = waiting.popleft()
            for declared in definitions.imports:
                model = imported.get(declared.namespace)
                if model is None or model.namespace in seen:
                    continue
                seen.add(model.namespace)
                below = (*path, declared.name) if declared.name else path
                yield below, model
                waiting.append((below, model.definitions, model.imported))
