"""The room is pure: no clock of the day, no files, no code from text; only Python's library, the sentences it says, the budget of
time it is given, and itself."""

import ast
import sys
from pathlib import Path

import pytest

OURS = ("engine.feel", "engine.facts.sentences", "engine.facts.likeness", "engine.facts.computing")
FILES = sorted(Path("engine/feel").rglob("*.py"))
FORBIDDEN = {"eval", "exec", "compile", "open", "__import__", "setattr", "delattr", "vars", "globals", "locals", "input", "print"}
CLOCKS = {"now", "utcnow", "today", "time", "perf_counter", "monotonic"}


def _calls(tree: ast.AST) -> list[ast.expr]:
    return [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_calls_nothing_that_reaches_out(file: Path) -> None:
    calls = _calls(ast.parse(file.read_text(encoding="utf-8")))
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    assert not names & FORBIDDEN
    assert "getattr" not in names or file.name == "tree.py", "only the fields of our own nodes are read by name"
    on_datetime = {
        call.attr for call in calls if isinstance(call, ast.Attribute) and ast.unparse(call.value) in ("datetime", "date", "time")
    }
    assert not on_datetime & CLOCKS


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_imports_only_the_standard_library_sentences_and_this_room(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            assert module.startswith(OURS) or module.split(".")[0] in sys.stdlib_module_names, module
