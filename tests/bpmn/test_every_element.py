"""What the recipe for a new element says is done for each there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.bpmn.reader.flow_nodes import ELEMENTS
from engine.vocabulary.models import MODELS
from installation.checkout import ROOT
from tests.bpmn.writing import TAGS

FOLDER = ROOT / "engine/bpmn/elements"


@pytest.mark.parametrize("tag", ELEMENTS)
def test_it_may_bear_names_of_our_own_vocabulary(tag: str) -> None:
    assert tag in MODELS


@pytest.mark.parametrize("tag", ELEMENTS)
def test_tests_can_write_it_in_a_short_line(tag: str) -> None:
    assert tag in TAGS.values()


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: str(file.stem))
def test_it_reaches_for_nothing_private_of_another(file: Path) -> None:
    """What it may import the contract in setup.cfg says; this holds what it may touch of the objects it is given."""
    private = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute) and _is_private(node)]
    assert [f"{node.lineno}: {node.attr}" for node in private] == []


def _is_private(node: ast.Attribute) -> bool:
    is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
    is_inherited = isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name) and node.value.func.id == "super"
    return node.attr.startswith("_") and not is_own and not is_inherited
