"""What is wrong with our own names in a file: those that nothing reads, and values that are not allowed.

A name that nothing reads is never passed over: it is a typing error, or it stands where it has no effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.facts.declarations import Entry
from engine.facts.sentences import Sentence
from engine.vocabulary.attributes import attribute_faults
from engine.vocabulary.fault import Fault
from engine.vocabulary.placing import HOLDER, NOTHING, around_of, element_at, in_language_of, own_children
from engine.vocabulary.table import LIUZHUAN, OWN, PREFIX, Element, Table
from engine.vocabulary.words import MOVE_IT, did_you_mean, nearest_of_ours, place, some, title


@dataclass(frozen=True, slots=True)
class Written:
    """A declared name as it stands in the file, with its value."""

    entry: Entry
    xml: Any
    value: str


def faults(root: Any, table: Table) -> Iterator[Fault]:
    """Of the whole file, in its order. `table` has the elements of the language that `root` is written in."""
    yield from _foreign_namespace(root)
    table = in_language_of(root, table)
    for xml in root.iter(etree.Element):
        element = element_at(xml, table)
        if xml.tag.startswith(OWN):
            if element is NOTHING:
                yield from _unknown_child(xml, table)
                continue
            yield from _text(xml, element)
        yield from attribute_faults(xml, element, table)
        if element.children:
            yield from _children(xml, element)
            yield from _alternatives(xml, element)
            yield from _without_prefix(xml, element)


def written(root: Any, table: Table) -> Iterator[Written]:
    """Every declared name in the file that has a value, for those who know what the values refer to."""
    table = in_language_of(root, table)
    for xml in root.iter(etree.Element):
        for name, entry in element_at(xml, table).entries(xml).items():
            value = (xml.get(name) or "").strip()
            if value:
                yield Written(entry, xml, value)


def _foreign_namespace(root: Any) -> Iterator[Fault]:
    """Told once, where our prefix stands for something else; each namespace is looked at where it is first used."""
    prefix, seen = PREFIX[:-1], {LIUZHUAN}
    for xml in root.iter(etree.Element):
        for name in (xml.tag, *xml.attrib):
            namespace = name.rpartition("}")[0][1:]
            if namespace in seen:
                continue
            seen.add(namespace)
            if namespace and xml.nsmap.get(prefix) == namespace:
                sentence = Sentence(
                    "The prefix {prefix} stands for {meant}, so nothing written with it is read.", prefix=prefix, meant=namespace
                )
                fix = Sentence('Write xmlns:{prefix}="{namespace}".', prefix=prefix, namespace=LIUZHUAN)
                yield Fault("namespace-unknown", xml, sentence, fix)


# ---------------------------------------------------------------------- children
def _unknown_child(xml: Any, table: Table) -> Iterator[Fault]:
    name = title(xml.tag)
    around = around_of(xml)
    if around is None:
        sentence = Sentence("{child} is not read here: it does not stand in {holder}.", child=name, holder=HOLDER)
        fix = Sentence("Write it in the {holder} of {place}.", holder=HOLDER, place=place(xml.getparent()))
        yield Fault("misplaced-child", xml, sentence, fix)
        return
    element = element_at(around, table)
    if element is NOTHING and around.tag.startswith(OWN):
        return  # told already of what is around it
    known = [child.title for child in element.children]
    homes = [each.title for each in table.values() if each.child(xml.tag)]
    if homes:
        sentence = Sentence(
            "{place} has no {child}; that is a child of {homes}.", place=place(around), child=name, homes=some(homes)
        )
        yield Fault("misplaced-child", xml, sentence, MOVE_IT)
        return
    sentence = Sentence("{place} has no {child}.", place=place(around), child=name)
    yield Fault("unknown-child", xml, sentence, did_you_mean(nearest_of_ours(name, known), known))


def _children(xml: Any, element: Element) -> Iterator[Fault]:
    """As many as may be, and no two of one name."""
    for child in element.children:
        found = list(own_children(xml, child.tag))
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


def _without_prefix(xml: Any, element: Element) -> Iterator[Fault]:
    """Of the namespace that stands around it, or of none: other products have prefixes of their own."""
    plain = {child.title.removeprefix(PREFIX): child for child in element.children}
    for namespace in {xml.tag.rpartition("}")[0], ""} - {OWN[:-1]}:
        for name, child in plain.items():
            for each in own_children(xml, f"{namespace}}}{name}" if namespace else name):
                sentence = Sentence("{child} in {place} is not read: it has no prefix.", child=name, place=place(xml))
                yield Fault("prefix-missing", each, sentence, did_you_mean(child.title), is_warning=True)


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
    names = [*attributes, *(name for name in element.alternatives if next(own_children(xml, name), None) is not None)]
    if len(names) > 1:
        sentence = Sentence("{place} has {names}; one of them can be read.", place=place(xml), names=", ".join(map(title, names)))
        yield Fault("alternatives", xml, sentence, Sentence("Take the others out."))


def _text(xml: Any, element: Element) -> Iterator[Fault]:
    text = (xml.text or "").strip()
    if text:
        sentence = Sentence("The text in {child} is not read: “{text}”.", child=element.title, text=text[:80])
        names = ", ".join(entry.name for entry in element.attributes)
        yield Fault("text-ignored", xml, sentence, Sentence("Write it as a value of {names}.", names=names))
