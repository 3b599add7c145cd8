"""Reads every BPMN file below a folder. Whatever is neither a model nor a refusal with a sentence is a defect."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.bpmn import Model, read

SUFFIXES = (".bpmn", ".bpmn20.xml", ".bpmn.xml", ".bpmn2")


@dataclass(slots=True)
class ReadFile:
    """`drawing`: read, and nothing in it is executable. `rules` are those of its errors, `defect` a traceback."""

    path: Path
    state: Literal["executable", "drawing", "refused", "crashed"]
    model: Model | None = None
    rules: frozenset[str] = frozenset()
    defect: str = ""


@dataclass(slots=True)
class Collection:
    """The files below one folder."""

    folder: Path
    files: list[ReadFile] = field(default_factory=list)

    @property
    def states(self) -> Counter[str]:
        return Counter(file.state for file in self.files)

    @property
    def models(self) -> Iterator[tuple[Path, Model]]:
        return ((file.path, file.model) for file in self.files if file.model is not None)

    @property
    def rules(self) -> Counter[str]:
        """How many files each rule refuses."""
        return Counter(rule for file in self.files for rule in file.rules)


def read_folder(folder: Path) -> Collection:
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(SUFFIXES) and path.is_file())
    return Collection(folder, [read_file(path) for path in paths])


def read_file(path: Path) -> ReadFile:
    try:
        reading = read(path.read_bytes())
    except Exception:
        return ReadFile(path, "crashed", defect=traceback.format_exc())
    if reading.model is None:
        rules = frozenset(problem.rule for problem in reading.errors)
        return ReadFile(path, "refused", rules=rules) if rules else ReadFile(path, "crashed", defect="no model and no error")
    is_executable = any(process.is_executable for process in reading.model.processes.values())
    return ReadFile(path, "executable" if is_executable else "drawing", reading.model)
