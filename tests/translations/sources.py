"""The sentences of the code as they stand in it: each `Sentence("…", name=value)`, and the docstrings of refusals."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
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


def calls(name: str) -> Sequence[tuple[str, ast.Call]]:
    """Where the function or class of this name is called."""
    return _calls().get(name, ())


@cache
def _calls() -> Mapping[str, Sequence[tuple[str, ast.Call]]]:
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.setdefault(node.func.id, []).append((f"{file}:{node.lineno}", node))
    return found


def _said(place: str, call: ast.Call) -> Said:
    first = call.args[0] if len(call.args) == 1 else None
    template = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return Said(place, template, frozenset(keyword.arg or "**" for keyword in call.keywords))


def placeholders(template: str) -> set[str]:
    """`{count:,}` is `count:,`: how a value is written belongs to it. The words for one or many are English alone."""
    values = ((name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None)
    return {f"{name}:{spec}" if spec else name for name, spec in values if "|" not in spec}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


#: Rooms that say what people read; commands and pages have texts of their own.
SAYING = ("engine", "service/webhooks", "service/identity", "service/forms", "service/notifications", "service/background")
#: SQL and the state of rows; the texts from which translated expressions are put together; why
#: only form-js itself can judge a form.
SILENT = (
    *("engine/store", "engine/feel/pieces.py", "engine/feel/builtins/ranges.py", "engine/dmn/analysis/ranks.py"),
    "service/forms/judging/compiling.py",
)
#: Two words of ordinary text.
WORDS = re.compile(r"[a-z]{2} [a-z{“'<]|[a-z]{2}: [a-z{]")
#: `list contains(list: list, element: any?)`, `if {} then {}`, `date|date and time`: FEEL and not English.
CODE = re.compile(r"[\w ]+\(.*\)(\[1\]|\.\w+.*| = .*)?|(if|for) .*(then|return) .*|[\w ]+(\|[\w ]+)+|\w+ in \w+", re.DOTALL)
#: Calls whose texts are sentences already, are given in both languages, or are read by programmers only.
TAKEN_CARE_OF = {
    *("Sentence", "Phrasebook", "verbatim", "Said", "Literal", "TypeVar", "cast"),
    *("RuntimeError", "ValueError", "TypeError", "KeyError", "AssertionError", "LookupError"),
}
LOGS = ("log", "logger")


def bare() -> Iterator[tuple[str, str]]:
    """What reads like a sentence and is a mere text: where it stands, `{}` for each value."""
    for file, tree in trees().items():
        if file.startswith(SAYING) and not file.startswith(SILENT):
            yield from ((f"{file}:{line}", text) for line, text in _bare(tree))


def _bare(tree: ast.Module) -> Iterator[tuple[int, str]]:
    passed = {id(node) for each in _taken_care_of(tree) for node in ast.walk(each)}
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = written(node)
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        if WORDS.search(text) and not CODE.fullmatch(text):
            yield node.lineno, text


def _taken_care_of(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and the arguments of calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            yield node.body[0]
        elif isinstance(node, ast.Call | ast.Subscript) and _cares(node.func if isinstance(node, ast.Call) else node.value):
            yield node


def _cares(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id in LOGS
    return isinstance(called, ast.Name) and called.id in TAKEN_CARE_OF


def written(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
