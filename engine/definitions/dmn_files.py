"""DMN files that belong together: each is read with the models it imports from the others."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definitions.functions import FUNCTIONS
from engine.dmn import Model, Reading, read


def read_together(files: Mapping[str, bytes]) -> dict[str, Reading]:
    """By the same names. A file that imports itself in a circle, or what is not there, has that among its problems."""
    readings = {name: read(content, functions=FUNCTIONS) for name, content in files.items()}
    waiting = {name for name, reading in readings.items() if _imports(reading)}
    models = _by_namespace(readings, set(readings) - waiting)
    while ready := sorted(name for name in waiting if _imports(readings[name]) <= models.keys()):
        for name in ready:
            readings[name] = read(files[name], imports=models, functions=FUNCTIONS)
        waiting.difference_update(ready)
        models |= _by_namespace(readings, set(ready))
    return readings


def _imports(reading: Reading) -> set[str]:
    return {declared.namespace for declared in reading.model.definitions.imports} if reading.model else set()


def _by_namespace(readings: Mapping[str, Reading], names: set[str]) -> dict[str, Model]:
    models = (readings[name].model for name in names)
    return {model.namespace: model for model in models if model is not None}
