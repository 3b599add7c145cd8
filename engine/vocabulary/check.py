"""What is wrong with our own names in a file: those that nothing reads, and values that are not allowed.

A name that nothing reads is never passed over: it is a typing error, or it stands where it has no effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.facts.declarations import Entry, Kind
from engine.vocabulary.nearest import nearest
from engine.vocabulary.table import LIUZHUAN, OWN, PREFIX, Element, Table

_HOLDER = "extensionElements"
_NOTHING = Element("")


@dataclass(frozen=True, slots=True)
class Fault:
    """At `xml`, an element of lxml."""

    rule: str
    xml: Any
    sentence: str
    fix: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A declared name as it stands in the file, with its value."""

    entry: Entry
    xml: Any
    value: str


def faults(root: Any, table: Table) -> Iterator[Fault]:
    """Of the whole file, in its order. `table` has the elements of the language that `root` is written in."""
    yield from _foreign_namespace(root)
    for xml in root.iter(etree.Element):
        element = _element(xml, table)
        if xml.tag.startswith(OWN):
            if element is _NOTHING:
                yield from _unknown_child(xml, table)
                continue
            yield from _text(xml, element)
        yield from _attributes(xml, element, table)
        yield from _children(xml, element)


def written(root: Any, table: Table) -> Iterator[Written]:
    """Every declared name in the file that has a value, for those who know what the values refer to."""
    for xml in root.iter(etree.Element):
        for name, entry in _element(xml, table).entries(xml).items():
            value = (xml.get(name) or "").strip()
            if value:
                yield Written(entry, xml, value)


def _element(xml: Any, table: Table) -> Element:
    """Its declaration: a child of ours by the element around it, one of BPMN or DMN by its tag."""
    if xml.tag.startswith(OWN):
        around = _around(xml)
        return _NOTHING if around is None else _element(around, table).child(xml.tag) or _NOTHING
    name = etree.QName(xml)
    is_of_language = name.namespace == etree.QName(xml.getroottree().getroot()).namespace
    return table.get(name.localname, _NOTHING) if is_of_language else _NOTHING


def _around(xml: Any) -> Any | None:
    """The element a child of ours belongs to; None where no child may stand."""
    parent = xml.getparent()
    if parent is None or parent.tag.startswith(OWN):
        return parent
    return parent.getparent() if etree.QName(parent).localname == _HOLDER else None


def _foreign_namespace(root: Any) -> Iterator[Fault]:
    meant = root.nsmap.get(PREFIX[:-1])
    if meant not in (None, LIUZHUAN):
        sentence = f"The prefix {PREFIX[:-1]} stands for {meant}, so nothing written with it is read."
        yield Fault("namespace-unknown", root, sentence, f'Write xmlns:{PREFIX[:-1]}="{LIUZHUAN}".')


# ---------------------------------------------------------------------- children
def _unknown_child(xml: Any, table: Table) -> Iterator[Fault]:
    name = _title(xml.tag)
    around = _around(xml)
    if around is None:
        sentence = f"{name} is not read here: it does not stand in {_HOLDER}."
        yield Fault("misplaced-child", xml, sentence, f"Write it in the {_HOLDER} of {_place(xml.getparent())}.")
        return
    element = _element(around, table)
    if element is _NOTHING and around.tag.startswith(OWN):
        return  # told already of what is around it
    known = [child.title for child in element.children]
    homes = [each.title for each in table.values() if each.child(xml.tag)]
    meant = nearest(name, known)
    if homes and not meant:
        sentence = f"{_place(around)} has no {name}; that is a child of {_listed(homes)}."
        yield Fault("misplaced-child", xml, sentence, "Move it there, or take it out.")
        return
    yield Fault("unknown-child", xml, f"{_place(around)} has no {name}.", _fix(meant, known))


def _children(xml: Any, element: Element) -> Iterator[Fault]:
    """As many as may be, and no two of one name."""
    for child in element.children:
        found = list(_own_children(xml, child.tag))
        if child.most is not None and len(found) > child.most:
            sentence = f"{_place(xml)} has {len(found)} times {child.title}; at most {child.most} of them can be read."
            yield Fault("too-many", found[child.most], sentence, "Take the others out.")
        if child.key is not None:
            yield from _keys(found, child, child.key)


def _keys(found: list[Any], child: Element, key: Entry) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for each in found:
        value = (each.get(key.name) or "").strip()
        seen[value] += 1
        if value and seen[value] == 2:
            sentence = f"There are two {child.title} with the {key.name} {value}."
            yield Fault("duplicate-name", each, sentence, "Take one out, or give it another name.")


def _own_children(xml: Any, tag: str) -> Iterator[Any]:
    holders = (xml,) if xml.tag.startswith(OWN) else (each for each in xml.iterchildren() if _is_holder(each))
    for holder in holders:
        yield from holder.iterchildren(tag)


def _is_holder(xml: Any) -> bool:
    return isinstance(xml.tag, str) and etree.QName(xml).localname == _HOLDER


def _text(xml: Any, element: Element) -> Iterator[Fault]:
    text = (xml.text or "").strip()
    if text:
        sentence = f"The text in {element.title} is not read: “{text[:80]}”."
        names = ", ".join(entry.name for entry in element.attributes)
        yield Fault("text-ignored", xml, sentence, f"Write it as a value of {names}.")


# ---------------------------------------------------------------------- attributes
def _attributes(xml: Any, element: Element, table: Table) -> Iterator[Fault]:
    entries = element.entries(xml)
    for name, value in xml.attrib.items():
        entry = entries.get(name)
        if entry is not None:
            yield from _value(xml, entry, name, value.strip())
        elif name.startswith(OWN) or (element.is_own and not name.startswith("{")):
            yield _unknown_attribute(xml, element, name, table)
        elif OWN + name in entries and not element.is_own:
            sentence = f"The attribute {name} of {_place(xml)} is not read: it has no prefix."
            yield Fault("prefix-missing", xml, sentence, f"Did you mean {_title(OWN + name)}?", is_warning=True)
    for name, entry in entries.items():
        if entry.is_required and not (xml.get(name) or "").strip():
            yield Fault("name-missing", xml, f"{_place(xml)} has no {_title(name)}.", "Give it a value.")


def _unknown_attribute(xml: Any, element: Element, name: str, table: Table) -> Fault:
    plain = name.removeprefix(OWN)
    known = {_title(each): entry for each, entry in element.entries(xml).items()}
    if element.is_own and name.startswith(OWN) and plain in known:
        sentence = f"{_place(xml)} has no attribute {_title(name)}; the attributes of our own elements have no prefix."
        return Fault("prefix-superfluous", xml, sentence, f"Did you mean {plain}?")
    meant = nearest(plain if element.is_own else _title(name), known)
    homes = () if element.is_own else [each.title for each in table.values() if name in _all_entries(each)]
    if homes and not meant:
        sentence = f"{_place(xml)} has no attribute {_title(name)}; that is one of {_listed(homes)}."
        return Fault("misplaced-attribute", xml, sentence, "Move it there, or take it out.")
    return Fault("unknown-attribute", xml, f"{_place(xml)} has no attribute {_title(name)}.", _fix(meant, known))


def _all_entries(element: Element) -> set[str]:
    return {element.attribute(entry) for entry in element.attributes}


def _value(xml: Any, entry: Entry, name: str, value: str) -> Iterator[Fault]:
    if not value or entry.allows(value):
        return
    if entry.kind is Kind.CHOICE:
        meant = nearest(value, entry.choices)
        fix = f"Did you mean {meant}?" if meant else f"Choose {', '.join(entry.choices)}."
        yield Fault("value-unknown", xml, f"{_named(xml, name)} is {value!r}, which is not known.", fix)
    else:
        least, most = entry.limits
        sentence = f"{_named(xml, name)} is {value!r}; it has to be a whole number from {least:,} to {most:,}."
        yield Fault(
            "not-a-number", xml, sentence, "Write a number." if not entry.takes_feel else "Write a number, or = and FEEL."
        )


# ---------------------------------------------------------------------- words
def _title(name: str) -> str:
    return name.replace(OWN, PREFIX)


def _named(xml: Any, name: str) -> str:
    """`liuzhuan:due`, or `style (liuzhuan:outcome)`."""
    return _title(name) if name.startswith(OWN) else f"{name} ({_place(xml)})"


def _place(xml: Any) -> str:
    return PREFIX + xml.tag.removeprefix(OWN) if xml.tag.startswith(OWN) else str(etree.QName(xml).localname)


def _fix(meant: str, known: Any) -> str:
    if meant:
        return f"Did you mean {meant}?"
    return f"Known are {', '.join(known)}." if known else "Take it out."


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
