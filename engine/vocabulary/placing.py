"""Where in a file something of ours stands: which declaration an element of the XML has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.vocabulary.table import OWN, Element, Table

HOLDER = "extensionElements"
NOTHING = Element("")


def in_language_of(root: Any, table: Table) -> Table:
    """The table by the tags of this file: the elements of the namespace that its root is of."""
    namespace = root.tag.rpartition("}")[0]
    return {f"{namespace}}}{tag}": element for tag, element in table.items()}


def element_at(xml: Any, table: Table) -> Element:
    """Its declaration: a child of ours by the element around it, one of BPMN or DMN by its tag."""
    if xml.tag.startswith(OWN):
        around = around_of(xml)
        return NOTHING if around is None else element_at(around, table).child(xml.tag) or NOTHING
    return table.get(xml.tag, NOTHING)


def around_of(xml: Any) -> Any | None:
    """The element a child of ours belongs to; None where no child may stand."""
    parent = xml.getparent()
    if parent is None or parent.tag.startswith(OWN):
        return parent
    return parent.getparent() if _is_holder(parent) else None


def own_children(xml: Any, tag: str) -> Iterator[Any]:
    holders = (xml,) if xml.tag.startswith(OWN) else (each for each in xml.iterchildren() if _is_holder(each))
    for holder in holders:
        yield from holder.iterchildren(tag)


def _is_holder(xml: Any) -> bool:
    return isinstance(xml.tag, str) and xml.tag.endswith(f"}}{HOLDER}")
