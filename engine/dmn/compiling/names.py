"""The names that logic sees, layer by layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Names:
    """Names of a scope and of those around it. A context adds its entries to one layer while it is compiled."""

    def __init__(self, own: Iterable[str] = (), outer: Names | None = None) -> None:
        self._own = set(own)
        self._outer = outer

    def inner(self, *names: str) -> Names:
        """A scope inside this one."""
        return Names(names, self)

    def add(self, name: str) -> None:
        self._own.add(name)

    def without(self, used: Iterable[str]) -> Iterator[str]:
        """Those of `used` that no layer has."""
        return (name for name in used if not self._has(name))

    def _has(self, name: str) -> bool:
        layer: Names | None = self
        while layer is not None:
            if name in layer._own:
                return True
            layer = layer._outer
        return False
