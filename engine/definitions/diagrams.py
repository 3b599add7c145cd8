"""What a file draws, and nothing else of it: for people who see how a process goes without reading how it decides.

Shapes, names and arrows stay, of which kind each is too. Scripts, conditions, times, connectors, assignments, documentation and
what other products have written into the file do not leave the server.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.bpmn.reader.namespaces import BPMN
from engine.facts import safe_xml
from engine.vocabulary.table import OWN
from engine.vocabulary.texts import NAME_EN

#: Elements of BPMN with a text that is drawn, or by which others are found.
_TEXTS = frozenset(
    f"{BPMN}{name}" for name in ("incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef", "categoryValueRef", "text")
)
_DROPPED = frozenset(f"{BPMN}{name}" for name in ("extensionElements", "documentation", "ioSpecification", "import"))
#: Where shapes and edges are: BPMN DI and what it is made of.
_DRAWING = tuple(f"{{http://www.omg.org/spec/{name}}}" for name in ("BPMN/20100524/DI", "DD/20100524/DI", "DD/20100524/DC"))
#: Names in English, and the type of an expression, without which it could not be read.
_ATTRIBUTES = frozenset({OWN + NAME_EN.name, "{http://www.w3.org/2001/XMLSchema-instance}type"})


def diagram_of(file: bytes) -> bytes:
    """A BPMN file of the same elements, ids, names and coordinates, in UTF-8."""
    root = safe_xml.parse(file)
    _reduce(root)
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _reduce(element: Any) -> None:
    element.tail = None
    if element.tag not in _TEXTS:
        element.text = None
    if not element.tag.startswith(_DRAWING):
        for name in list(element.attrib):
            if name.startswith("{") and name not in _ATTRIBUTES:
                del element.attrib[name]
    for child in list(element):
        if child.tag in _DROPPED or not child.tag.startswith((BPMN, *_DRAWING)):
            element.remove(child)
        else:
            _reduce(child)
