"""Where in a file something of ours stands: which declaration an element of the XML has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.vocabulary.table import OWN, Element, Table

HOLDER = "extensionElements"
NOTHING = Element("")


def element_at(xml: Any, table: Table) -> Element:
    """Its declaration: a child of ours by the element around it, one of BPMN or DMN by its tag."""
    if xml.tag.startswith(OWN):
        around = around_of(xml)
        return NOTHING if around is None else element_at(around, table).child(xml.tag) or NOTHING
    name = etree.QName(xml)
    is_of_language = name.namespace == etree.QName(xml.getroottree().getroot()).namespace
    return table.get(name.localname, NOTHING) if is_of_language else NOTHING


def around_of(xml: Any) -> Any | None:
    """The element a child of ours belongs to; None where no child may stand."""
    parent = xml.getparent()
    if parent is None or parent.tag.startswith(OWN):
        return parent
    return parent.getparent() if etree.QName(parent).localname == HOLDER else None


def own_children(xml: Any, tag: str) -> Iterator[Any]:
    holders = (xml,) if xml.tag.startswith(OWN) else (each for each in xml.iterchildren() if _is_holder(each))
    for holder in holders:
        yield from holder.iterchildren(tag)


def _is_holder(xml: Any) -> bool:
    return isinstance(xml.tag, str) and etree.QName(xml).localname == HOLDER
