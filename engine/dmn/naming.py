"""Names that may follow a dot in the expressions of a file: FEEL has to tell `Pre-bureau` from a subtraction."""

from __future__ import annotations

from engine.dmn.definitions import Definitions
from engine.dmn.graph import Graph
from engine.dmn.parts import parts


def parts_of(definitions: Definitions, graph: Graph) -> frozenset[str]:
    """Every name the file gives to a component, entry, column, output or element, and those of its imports."""
    names = {getattr(part, "name", "") for part in parts(definitions)}
    for path, model in graph.imported_models():
        names |= {*path, *model.parts}
    return frozenset(names)
