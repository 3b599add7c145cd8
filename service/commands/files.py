"""Files named on the command line: a model, a form, or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.definitions.deployments import File
from service.demo.loading import SUFFIXES

#: Folders below which the path of a file is its name: `forms/business/lead.form.json` is `business/lead.form.json`.
ROOTS = ("forms", "processes")


def files_of(paths: Sequence[Path]) -> list[File]:
    """Every model and form among the paths and below the folders, each once."""
    found = {path.resolve(): name for named in paths for path, name in _files(named)}
    return [File(name, path.read_bytes()) for path, name in found.items()]


def _files(named: Path) -> Iterator[tuple[Path, str]]:
    if named.is_file():
        yield named, _name(named, named.parent)
        return
    for path in sorted(named.rglob("*")):
        if path.name.endswith(SUFFIXES) and path.is_file():
            yield path, _name(path, named)


def _name(path: Path, folder: Path) -> str:
    parts = path.resolve().parts
    for root in ROOTS:
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return path.relative_to(folder).as_posix()
