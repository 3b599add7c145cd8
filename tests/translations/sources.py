"""The sentences of the code as they stand in it: each `Sentence("…", name=value)`, and the docstrings of refusals."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "service")


@dataclass(frozen=True)
class Said:
    """`template` is None where it is not a text that stands there; `values` are the names of what is filled in."""

    place: str
    template: str | None
    values: frozenset[str]


@cache
def trees() -> dict[str, ast.Module]:
    """Of every file, by its path."""
    files = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "assets" not in path.parts)
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in files}


@cache
def sentences() -> tuple[Said, ...]:
    return tuple(_said(place, call) for place, call in calls("Sentence"))


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Where the function or class of this name is called."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield f"{file}:{node.lineno}", node


def _said(place: str, call: ast.Call) -> Said:
    first = call.args[0] if len(call.args) == 1 else None
    template = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return Said(place, template, frozenset(keyword.arg or "**" for keyword in call.keywords))


def placeholders(template: str) -> set[str]:
    """`{count:,}` is `count:,`: how a value is written belongs to it."""
    return {f"{name}:{spec}" if spec else name for _, name, spec, _ in Formatter().parse(template) if name is not None}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
