"""What a table of our vocabulary is made of: elements, the attributes they may have, the children that may stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from engine.facts.declarations import Entry, Said
from engine.facts.safe_xml import NAMESPACES

LIUZHUAN = NAMESPACES["liuzhuan"]
OWN = f"{{{LIUZHUAN}}}"
#: The prefix that documents and sentences write; a file may choose another.
PREFIX = "liuzhuan:"


_UNSAID = Said("", "")


class Choosable(Protocol):
    """What brings entries of its own: an assignment strategy, a connector."""

    @property
    def help(self) -> Said: ...

    @property
    def parameters(self) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of the attribute `by` chooses what else may be written beside it."""

    by: Entry
    among: Mapping[str, Choosable]

    def entries(self, chosen: str) -> Sequence[Entry]:
        """Beside an unknown choice, of which is told, anything that one of them takes."""
        if chosen in self.among:
            return self.among[chosen].parameters
        if not chosen and not self.by.is_required:
            return ()
        return [replace(entry, is_required=False) for each in self.among.values() for entry in each.parameters]

    def owners(self, name: str) -> list[str]:
        """The choices that have a parameter of this name."""
        return [owner for owner, each in self.among.items() if any(entry.name == name for entry in each.parameters)]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the model, or a child of ours in one: what of our namespace may stand there.

    `most` of a child may stand in one element; no two with the same value of their attribute `key`. Of the `alternatives`, which
    are names of attributes and children, an element has one.
    """

    tag: str
    attributes: tuple[Entry, ...] = ()
    children: tuple[Element, ...] = ()
    help: Said = _UNSAID
    choice: Choice | None = None
    most: int | None = None
    key: Entry | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        return self.tag.startswith(OWN)

    @property
    def title(self) -> str:
        """As a person writes it: `userTask`, `liuzhuan:outcome`."""
        return self.tag.replace(OWN, PREFIX)

    def attribute(self, entry: Entry) -> str:
        """Its name in the XML: our namespace at an element of BPMN or DMN, none at a child of ours."""
        return entry.name if self.is_own else OWN + entry.name

    def entries(self, xml: Any) -> dict[str, Entry]:
        """What may be written at `xml`, by name in the XML; the value of one attribute may add others."""
        more: Sequence[Entry] = ()
        if self.choice is not None:
            more = self.choice.entries((xml.get(self.attribute(self.choice.by)) or "").strip())
        return {self.attribute(entry): entry for entry in (*self.attributes, *more)}

    def child(self, tag: str) -> Element | None:
        return next((each for each in self.children if each.tag == tag), None)


Table = Mapping[str, Element]


def table(*elements: Element) -> Table:
    """By tag, without the namespace of BPMN or DMN."""
    return {element.tag: element for element in elements}
