"""The shipped files as tests look at them: XML trees, field names of forms, expressions of models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).parents[2]
PROCESSES = sorted((ROOT / "processes").rglob("*.bpmn"))
DECISIONS = sorted((ROOT / "processes").rglob("*.dmn"))
FORMS = sorted((ROOT / "forms").rglob("*.form.json"))

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
OURS = "{urn:liuzhuan:bpmn:1}"

ACTIVITIES = ("Task", "subProcess", "callActivity")
FLOW_NODES = (*ACTIVITIES, "Event", "Gateway")


def tree(path: Path) -> Any:
    return etree.parse(str(path))


def kind(element: Any) -> str:
    """The tag without its namespace."""
    return str(etree.QName(element).localname)


def flow_nodes(root: Any, kinds: tuple[str, ...] = FLOW_NODES) -> Iterator[Any]:
    for element in root.iter(f"{BPMN}*"):
        if element.get("id") and kind(element).endswith(kinds):
            yield element


def key_of(form: Path) -> str:
    return str(form.relative_to(ROOT / "forms")).removesuffix(".form.json")


def schema(key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "forms" / f"{key}.form.json").read_text())
    return found


def components(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All components, those inside of groups and lists too."""
    for each in schema.get("components", ()):
        yield each
        yield from components(each)


def fields(schema: dict[str, Any]) -> Iterator[str]:
    """The variables that a form reads and writes."""
    for each in schema.get("components", ()):
        name = each.get("key") or each.get("path")
        if name:
            yield name
        else:
            yield from fields(each)
