"""A release of SpiffWorkflow changes one folder and the types declared for it: nothing else of engine/bpmn speaks its names."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task

from engine.bpmn.substrate import SpiffInstance, SpiffProcessSpec, SpiffScope, SpiffToken

ROOT = Path(__file__).parents[2]
SUBSTRATE = ROOT / "engine/bpmn/substrate"
#: Schemas of lxml have it too.
OF_OTHERS = {"validate"}
FILES = [file for file in sorted((ROOT / "engine/bpmn").rglob("*.py")) if SUBSTRATE not in file.parents]


def _names_of(tree: ast.AST) -> set[str]:
    """What a file calls the things it makes: attributes it sets on `self`, names it binds in classes, functions."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found.add(name)
            case ast.FunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(body=body):
                found |= {name for statement in body for each in ast.walk(statement) for name in _bound(each)}
    return found


def _bound(node: ast.AST) -> tuple[str, ...]:
    return (node.id,) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ()


def _library_names() -> set[str]:
    classes = {base for kind in (Task, BpmnSpecMixin, WorkflowSpec, BpmnWorkflow) for base in kind.__mro__ if base is not object}
    return {name for each in classes for name in _names_of(ast.parse(inspect.getsource(each)))}


def _used(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        match node:
            case ast.ImportFrom(module=str(name)):
                yield name
            case ast.Import(names=names):
                yield from (each.name for each in names)


@pytest.fixture(scope="module")
def foreign() -> set[str]:
    """Names that SpiffWorkflow's classes have and that nothing of ours has made for itself."""
    ours = {name for file in FILES for name in _names_of(ast.parse(file.read_text()))}
    return _library_names() - ours - OF_OTHERS


def test_the_library_has_the_names_this_test_looks_for(foreign: set[str]) -> None:
    assert {"_update", "_ready", "_wf_spec", "_on_complete", "internal_data"} <= foreign


def test_only_the_substrate_uses_names_of_the_library(foreign: set[str]) -> None:
    used = [f"{file.relative_to(ROOT)}:{line} {name}" for file in FILES for line, name in _used(file) if name in foreign]
    assert used == []


def test_only_the_substrate_imports_the_library() -> None:
    importing = [file for file in FILES for name in _imported(file) if name.partition(".")[0] == "SpiffWorkflow"]
    assert importing == []


def test_ours_have_every_attribute_that_the_library_gives_its_own() -> None:
    spec = SpiffProcessSpec("p", "p")
    workflow, instance = BpmnWorkflow(spec, deserializing=True), SpiffInstance(spec, {})
    inner = SpiffScope(spec, instance)
    token = SpiffToken(instance, TaskSpec(WorkflowSpec("w"), "t"), None, 1)
    assert _attributes(workflow) <= {name for name in dir(instance) if hasattr(instance, name)}
    assert _attributes(BpmnBaseWorkflow(spec, deserializing=True)) <= {name for name in dir(inner) if hasattr(inner, name)}
    assert _attributes(Task(workflow, token.task_spec)) <= vars(token).keys()


def _attributes(made: object) -> set[str]:
    """But for those that its class hides from others."""
    return {name for name in vars(made) if not name.startswith("_BpmnWorkflow__")}


def _declared() -> Iterator[tuple[str, str, str]]:
    """Module, class and name of all that typings/ says of the library."""
    for file in sorted((ROOT / "typings").rglob("*.pyi")):
        module = ".".join(file.relative_to(ROOT / "typings").with_suffix("").parts)
        for each in ast.parse(file.read_text()).body:
            if isinstance(each, ast.ClassDef):
                for member in each.body:
                    match member:
                        case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                            yield module, each.name, name


@pytest.mark.parametrize(("module", "owner", "name"), list(_declared()))
def test_what_is_declared_of_the_library_is_there(module: str, owner: str, name: str) -> None:
    kind = getattr(import_module(module), owner)
    assert hasattr(kind, name) or any(name in _names_of(ast.parse(inspect.getsource(base))) for base in kind.__mro__[:-1])
