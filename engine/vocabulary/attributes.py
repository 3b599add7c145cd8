"""Attributes that nothing reads, values that are not allowed, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.facts.declarations import Entry, Kind
from engine.facts.sentences import Sentence
from engine.vocabulary.fault import Fault
from engine.vocabulary.table import OWN, Element, Table
from engine.vocabulary.words import MOVE_IT, did_you_mean, named, nearest_of_ours, not_allowed, place, some, title


def attribute_faults(xml: Any, element: Element, table: Table) -> Iterator[Fault]:
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
    homes = [] if element.is_own else [each.title for each in table.values() if name in map(each.attribute, each.attributes)]
    if homes:
        sentence = Sentence(
            "{place} has no attribute {name}; that is one of {homes}.", place=place(xml), name=written, homes=some(homes)
        )
        return Fault("misplaced-attribute", xml, sentence, MOVE_IT)
    owners = [] if element.choice is None else element.choice.owners(plain)
    if owners:
        sentence = Sentence(
            "{name} is one of the parameters of {owners}, and not of what is chosen here.", name=written, owners=some(owners)
        )
        return Fault("misplaced-attribute", xml, sentence, Sentence("Take it out, or choose another."))
    sentence = Sentence("{place} has no attribute {name}.", place=place(xml), name=written)
    return Fault(
        "unknown-attribute", xml, sentence, did_you_mean(nearest_of_ours(plain if element.is_own else written, known), known)
    )


def _value(xml: Any, entry: Entry, name: str, value: str) -> Iterator[Fault]:
    if value and not entry.allows(value):
        rule = "value-unknown" if entry.kind is Kind.CHOICE else "not-a-number"
        yield Fault(rule, xml, *not_allowed(entry, named(xml, name), value))
    elif value.startswith("=") and not entry.is_expression(value):
        sentence = Sentence("{name} takes no expression: “{value}” is read as it stands.", name=named(xml, name), value=value)
        yield Fault("no-expression", xml, sentence, Sentence("Write the value itself."), is_warning=entry.kind is Kind.TEXT)
