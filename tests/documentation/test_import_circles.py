"""No circle of files: each can be read after those it imports, also where it takes nothing but types from them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from installation.checkout import ROOT


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree: ast.AST, modules: Mapping[str, Path]) -> Iterator[str]:
    """The modules a file names in its imports, those under TYPE_CHECKING and inside functions too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name in modules)
            case ast.ImportFrom(module=str(package), names=names):
                inside = [f"{package}.{each.name}" for each in names]
                yield from (name for name in inside if name in modules)
                if package in modules and any(name not in modules for name in inside):
                    yield package


def _graph() -> dict[str, set[str]]:
    files = {_module(file): file for room in ("engine", "service") for file in sorted((ROOT / room).rglob("*.py"))}
    return {name: set(_imports(ast.parse(file.read_text()), files)) - {name} for name, file in files.items()}


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    to_visit = [start]
    while to_visit:
        for name in graph[to_visit.pop()] - reached:
            reached.add(name)
            to_visit.append(name)
    return reached


def _circles() -> list[list[str]]:
    """The files of each circle."""
    graph = _graph()
    reach = {name: _reachable(graph, name) for name in graph}
    circles = [sorted(other for other in reach[name] if name in reach[other]) for name in sorted(graph)]
    return [circle for index, circle in enumerate(circles) if circle and circle not in circles[:index]]


def test_no_files_import_one_another_in_a_circle() -> None:
    assert _circles() == []
