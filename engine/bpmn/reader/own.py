"""Values of our own namespace, read by their declarations, and what is wrong with our names in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN
from engine.facts.declarations import Entry, Kind
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from engine.vocabulary.check import Written, faults, written
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import OWN, Element
from engine.vocabulary.words import did_you_mean

Allowed = TypeVar("Allowed", bound=str)


# ---------------------------------------------------------------------- reading
def written_at(xml: Any, entry: Entry) -> str:
    """As it stands in the file; empty without it, so that another product's way of saying it may follow."""
    name = entry.name if xml.tag.startswith(OWN) else OWN + entry.name
    return (xml.get(name) or "").strip()


def own(xml: Any, entry: Entry) -> str:
    """The value, the default without one, and instead of one that is not allowed: of that `check_own_names` tells."""
    value = written_at(xml, entry)
    return value if value and entry.allows(value) else entry.default


def one_of(xml: Any, entry: Entry, allowed: tuple[Allowed, ...]) -> Allowed:
    """A choice, as the type that lists what may be chosen."""
    value = own(xml, entry)
    return next(each for each in allowed if each == value)


def number(xml: Any, entry: Entry) -> int:
    """The least of those allowed where there is neither a value nor a default."""
    return int(own(xml, entry) or entry.limits[0])


def own_children(xml: Any, child: Element) -> Iterator[Any]:
    """In extensionElements, in the order of the file; a child of ours has its own right inside."""
    if xml.tag.startswith(OWN):
        yield from xml.iterchildren(child.tag)
    for holder in xml.iterchildren(f"{BPMN}extensionElements"):
        yield from holder.iterchildren(child.tag)


# ---------------------------------------------------------------------- judging
def check_own_names(file: ModelFile, read: list[Any]) -> None:
    """Names that nothing reads and values that nothing knows; only warnings for processes that are not among those `read`."""
    for fault in faults(file.root, MODELS):
        is_warning = fault.is_warning or not _is_in(fault.xml, read)
        file.problem(fault.rule, fault.xml, fault.sentence, fault.fix, is_warning=is_warning)
    for each in written(file.root, MODELS):
        if not each.entry.is_expression(each.value):
            _check_reference(file, each, is_read=_is_in(each.xml, read))


def _is_in(xml: Any, read: list[Any]) -> bool:
    process = next(xml.iterancestors(f"{BPMN}process"), None)
    return process is None or process in read


def _check_reference(file: ModelFile, written: Written, *, is_read: bool) -> None:
    """Forms and decisions are looked for where they are read: other products name them as well."""
    names = [part.strip() for part in written.value.split(",")] if written.entry.is_list else [written.value]
    for name in filter(None, names):
        match written.entry.kind:
            case Kind.ROLE:
                file.must_know(written.xml, "role", name, is_warning=not is_read)
            case Kind.DEPARTMENT:
                file.must_know(written.xml, "department", name, is_warning=True)
            case Kind.PERSON:
                file.must_know(written.xml, "person", name, is_warning=True)
            case Kind.STEP:
                _check_step(file, written.xml, name, is_warning=not is_read)


def _check_step(file: ModelFile, xml: Any, id: str, *, is_warning: bool) -> None:
    found = file.by_id.get(id)
    if found is None or found.tag not in (f"{BPMN}userTask", f"{BPMN}manualTask"):
        known = [id for id, each in file.by_id.items() if each.tag == f"{BPMN}userTask"]
        sentence = Sentence("There is no user task {id}.", id=id)
        file.problem("unknown-reference", xml, sentence, did_you_mean(nearest(id, known), known), is_warning=is_warning)
