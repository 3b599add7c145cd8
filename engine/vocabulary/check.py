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
from engine.facts.sentences import Sentence
from engine.vocabulary.table import LIUZHUAN, OWN, PREFIX, Element, Table
from engine.vocabulary.words import MOVE_IT, did_you_mean, named, nearest, not_allowed, place, some, title

_HOLDER = "extensionElements"
_NOTHING = Element("")


@dataclass(frozen=True, slots=True)
class Fault:
    """At `xml`, an element of lxml."""

    rule: str
    xml: Any
    sentence: Sentence
    fix: Sentence
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
        yield from _alternatives(xml, element)


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
    prefix = PREFIX[:-1]
    meant = root.nsmap.get(prefix)
    if meant not in (None, LIUZHUAN):
        sentence = Sentence(
            "The prefix {prefix} stands for {meant}, so nothing written with it is read.", prefix=prefix, meant=meant
        )
        fix = Sentence('Write xmlns:{prefix}="{namespace}".', prefix=prefix, namespace=LIUZHUAN)
        yield Fault("namespace-unknown", root, sentence, fix)


# ---------------------------------------------------------------------- children
def _unknown_child(xml: Any, table: Table) -> Iterator[Fault]:
    name = title(xml.tag)
    around = _around(xml)
    if around is None:
        sentence = Sentence("{child} is not read here: it does not stand in {holder}.", child=name, holder=_HOLDER)
        fix = Sentence("Write it in the {holder} of {place}.", holder=_HOLDER, place=place(xml.getparent()))
        yield Fault("misplaced-child", xml, sentence, fix)
        return
    element = _element(around, table)
    if element is _NOTHING and around.tag.startswith(OWN):
        return  # told already of what is around it
    known = [child.title for child in element.children]
    homes = [each.title for each in table.values() if each.child(xml.tag)]
    meant = nearest(name, known)
    if homes and not meant:
        sentence = Sentence(
            "{place} has no {child}; that is a child of {homes}.", place=place(around), child=name, homes=some(homes)
        )
        yield Fault("misplaced-child", xml, sentence, MOVE_IT)
        return
    sentence = Sentence("{place} has no {child}.", place=place(around), child=name)
    yield Fault("unknown-child", xml, sentence, did_you_mean(meant, known))


def _children(xml: Any, element: Element) -> Iterator[Fault]:
    """As many as may be, and no two of one name."""
    for child in element.children:
        found = list(_own_children(xml, child.tag))
        if child.most is not None and len(found) > child.most:
            sentence = Sentence(
                "{place} has {count} times {child}; at most {most} of them can be read.",
                place=place(xml),
                count=len(found),
                child=child.title,
                most=child.most,
            )
            yield Fault("too-many", found[child.most], sentence, Sentence("Take the others out."))
        if child.key is not None:
            yield from _keys(found, child, child.key)


def _keys(found: list[Any], child: Element, key: Entry) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for each in found:
        value = (each.get(key.name) or "").strip()
        seen[value] += 1
        if value and seen[value] == 2:
            sentence = Sentence("There are two {child} with the {key} {value}.", child=child.title, key=key.name, value=value)
            yield Fault("duplicate-name", each, sentence, Sentence("Take one out, or give it another name."))


def _alternatives(xml: Any, element: Element) -> Iterator[Fault]:
    """Two ways to say who does the work: one of them would not be read."""
    attributes = [name for name in element.alternatives if xml.get(name)]
    names = [*attributes, *(name for name in element.alternatives for _ in _own_children(xml, name))]
    if len(names) > 1:
        sentence = Sentence("{place} has {names}; one of them can be read.", place=place(xml), names=", ".join(map(title, names)))
        yield Fault("alternatives", xml, sentence, Sentence("Take the others out."))


def _own_children(xml: Any, tag: str) -> Iterator[Any]:
    holders = (xml,) if xml.tag.startswith(OWN) else (each for each in xml.iterchildren() if _is_holder(each))
    for holder in holders:
        yield from holder.iterchildren(tag)


def _is_holder(xml: Any) -> bool:
    return isinstance(xml.tag, str) and etree.QName(xml).localname == _HOLDER


def _text(xml: Any, element: Element) -> Iterator[Fault]:
    text = (xml.text or "").strip()
    if text:
        sentence = Sentence("The text in {child} is not read: “{text}”.", child=element.title, text=text[:80])
        names = ", ".join(entry.name for entry in element.attributes)
        yield Fault("text-ignored", xml, sentence, Sentence("Write it as a value of {names}.", names=names))


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
            sentence = Sentence("The attribute {name} of {place} is not read: it has no prefix.", name=name, place=place(xml))
            yield Fault("prefix-missing", xml, sentence, did_you_mean(title(OWN + name)), is_warning=True)
    for name, entry in entries.items():
        if entry.is_required and not (xml.get(name) or "").strip():
            sentence = Sentence("{place} has no {child}.", place=place(xml), child=title(name))
            yield Fault("name-missing", xml, sentence, Sentence("Give it a value."))


def _unknown_attribute(xml: Any, element: Element, name: str, table: Table) -> Fault:
    plain, written = name.removeprefix(OWN), title(name)
    known = {title(each): entry for each, entry in element.entries(xml).items()}
    if element.is_own and name.startswith(OWN) and plain in known:
        sentence = Sentence(
            "{place} has no attribute {name}; the attributes of our own elements have no prefix.", place=place(xml), name=written
        )
        return Fault("prefix-superfluous", xml, sentence, did_you_mean(plain))
    meant = nearest(plain if element.is_own else written, known)
    homes = [] if element.is_own else [each.title for each in table.values() if name in map(each.attribute, each.attributes)]
    if homes and not meant:
        sentence = Sentence(
            "{place} has no attribute {name}; that is one of {homes}.", place=place(xml), name=written, homes=some(homes)
        )
        return Fault("misplaced-attribute", xml, sentence, MOVE_IT)
    sentence = Sentence("{place} has no attribute {name}.", place=place(xml), name=written)
    return Fault("unknown-attribute", xml, sentence, did_you_mean(meant, known))


def _value(xml: Any, entry: Entry, name: str, value: str) -> Iterator[Fault]:
    if not value or entry.allows(value):
        return
    rule = "value-unknown" if entry.kind is Kind.CHOICE else "not-a-number"
    yield Fault(rule, xml, *not_allowed(entry, named(xml, name), value))
