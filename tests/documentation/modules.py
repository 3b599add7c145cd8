"""Every file of a package, imported: so that a test over a kind of thing leaves none out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType


def modules(*packages: ModuleType) -> Iterator[ModuleType]:
    for package in packages:
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)
