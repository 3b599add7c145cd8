"""Reads the test case files of a folder tree, and the models beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.dmn import Model, read
from engine.facts import safe_xml
from tests.dmn.tck.values import BadValue, value_in

NAMESPACE = "{http://www.omg.org/spec/DMN/20160719/testcase}"


@dataclass(frozen=True)
class Expected:
    """A result node: the decision meant and its value."""

    node: str
    namespace: str
    value: Any


@dataclass(frozen=True)
class Case:
    """`kind` is decision, decisionService or bkm; the latter two name what is invoked. `fault` tells why it cannot be run."""

    file: Path
    id: str
    kind: str
    invocable: str
    inputs: dict[str, Any]
    expected: tuple[Expected, ...]
    fault: str = ""


@dataclass(frozen=True)
class CaseFile:
    path: Path
    model: Path
    cases: tuple[Case, ...]


def case_files(folder: Path) -> Iterator[CaseFile]:
    """Every `*-test-*.xml` below `folder`."""
    for path in sorted(folder.rglob("*-test-*.xml")):
        root = safe_xml.parse(path.read_bytes())
        model = path.parent / (root.findtext(f"{NAMESPACE}modelName") or "").strip()
        yield CaseFile(path, model, tuple(_case(path, element) for element in root.iter(f"{NAMESPACE}testCase")))


def _case(path: Path, element: Any) -> Case:
    about = (path, element.get("id", ""), element.get("type", "decision"), element.get("invocableName", ""))
    try:
        inputs = {_qualified(node): value_in(node) for node in element.iter(f"{NAMESPACE}inputNode")}
        return Case(*about, inputs, tuple(_expected(node) for node in element.iter(f"{NAMESPACE}resultNode")))
    except BadValue as fault:
        nodes = element.iter(f"{NAMESPACE}resultNode")
        return Case(*about, {}, tuple(Expected(node.get("name", ""), "", None) for node in nodes), str(fault))


def _qualified(node: Any) -> str:
    namespace = node.get("namespace")
    name = " ".join(node.get("name", "").split())
    return f"{{{namespace}}}{name}" if namespace else name


def _expected(node: Any) -> Expected:
    expected = node.find(f"{NAMESPACE}expected")
    name = " ".join(node.get("name", "").split())
    return Expected(name, node.get("namespace", ""), None if expected is None else value_in(expected))


class Models:
    """The models of one folder, each read once, after the models it imports."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, Path] = {}
        self._read: dict[str, Model] = {}
        for path in sorted(folder.glob("*.dmn")):
            root = _root(path)
            if root is not None:
                self._files.setdefault(root.get("namespace", ""), path)

    def model(self, path: Path) -> Model | None:
        """The model of a file; None when there is none."""
        root = _root(path)
        if root is None:
            return None
        wanted = [each.get("namespace", "") for each in root if str(each.tag).endswith("}import")]
        imports = {namespace: model for namespace in wanted if (model := self._by_namespace(namespace))}
        return read(path.read_bytes(), imports=imports).model

    def _by_namespace(self, namespace: str) -> Model | None:
        path = self._files.pop(namespace, None)
        if path and (model := self.model(path)):
            self._read[namespace] = model
        return self._read.get(namespace)


def _root(path: Path) -> Any:
    """The root element of a file; None when it is missing or no XML."""
    try:
        return safe_xml.parse(path.read_bytes())
    except (OSError, safe_xml.XmlRefused):
        return None
