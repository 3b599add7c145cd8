"""Children of extensionElements, and where other products keep what ours say: attributes, inputs, outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.expressions import Template
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import ACTIVITI, BPMN, CAMUNDA, CAMUNDA_FAMILY, FLOWABLE, ZEEBE
from engine.bpmn.reader.own import own_children, written_at
from engine.bpmn.reader.parameters import parameters
from engine.bpmn.reader.texts import template
from engine.facts.declarations import Entry
from engine.facts.sentences import Sentence
from engine.vocabulary.table import OWN
from engine.vocabulary.texts import INPUT, OUTPUT

Templates = dict[str, Template]


def vendor(xml: Any, name: str) -> str:
    """An attribute of Camunda 7, Flowable or Activiti."""
    return next((xml.get(space + name).strip() for space in CAMUNDA_FAMILY if xml.get(space + name)), "")


def own_or_vendor(xml: Any, entry: Entry, vendor_name: str) -> str:
    return written_at(xml, entry) or vendor(xml, vendor_name)


def extensions(xml: Any, *tags: str) -> Iterator[Any]:
    """Children of extensionElements with these tags, in the order of the file."""
    for holder in xml.iterchildren(f"{BPMN}extensionElements"):
        yield from holder.iterchildren(*tags)


_INPUT = Sentence("input")
_OUTPUT = Sentence("output")


def initiator_alias(file: ModelFile, xml: Any) -> Templates:
    """`camunda:initiator="boss"` of a start event: the variable in which the other product keeps who started the process."""
    name = vendor(xml, "initiator")
    value = template(file, xml, "=initiator", Sentence("The initiator")) if name not in ("", "initiator") else None
    return {} if value is None else {name: value}


def inputs(file: ModelFile, xml: Any) -> Templates:
    """What goes into an element, by name."""
    found = named_values(file, own_children(xml, INPUT), _INPUT)
    for mapping in extensions(xml, f"{ZEEBE}ioMapping"):
        found.update(named_values(file, mapping.iterchildren(f"{ZEEBE}input"), _INPUT, "target", "source"))
    found.update(parameters(file, extensions(xml, f"{CAMUNDA}inputOutput"), "inputParameter"))
    return found


def outputs(file: ModelFile, xml: Any) -> Templates:
    """What comes out of an element, by name."""
    found = named_values(file, own_children(xml, OUTPUT), _OUTPUT)
    for mapping in extensions(xml, f"{ZEEBE}ioMapping"):
        found.update(named_values(file, mapping.iterchildren(f"{ZEEBE}output"), _OUTPUT, "target", "source"))
    found.update(parameters(file, extensions(xml, f"{CAMUNDA}inputOutput"), "outputParameter"))
    for each in extensions(xml, f"{FLOWABLE}eventOutParameter"):
        value = template(file, each, f"={each.get('source') or ''}", Sentence("The output {name}", name=each.get("target")))
        if value is not None:
            found[each.get("target") or each.get("source")] = value
    return found


def named_values(file: ModelFile, elements: Any, what: Sentence, name: str = "name", value: str = "value") -> Templates:
    """`<… name= value=/>`; a value left empty is the empty text."""
    found: Templates = {}
    for each in elements:
        key = (each.get(name) or "").strip()
        if not key:
            if not each.tag.startswith(OWN):
                file.problem(
                    "name-missing",
                    each,
                    Sentence("An {what} has no {name}.", what=what, name=name),
                    Sentence("Give it a {name}.", name=name),
                )
            continue
        if not (each.get(value) or "").strip():
            found[key] = Template("")
            continue
        text = template(file, each, each.get(value), Sentence("The {what} {name}", what=what, name=key))
        if text is not None:
            found[key] = text
    return found


def call_mappings(file: ModelFile, xml: Any, tag: str) -> tuple[Templates, bool]:
    """`camunda:in` and `camunda:out` of a call activity, and whether `variables="all"` is among them."""
    found: Templates = {}
    takes_all = False
    for each in extensions(xml, *(space + tag for space in (CAMUNDA, FLOWABLE, ACTIVITI))):
        if each.get("variables") == "all":
            takes_all = True
        elif each.get("businessKey") is None:
            source = each.get("sourceExpression") or f"={each.get('source') or ''}"
            text = template(file, each, source, Sentence("The mapping to {name}", name=each.get("target")))
            if text is not None:
                found[each.get("target") or ""] = text
    return found, takes_all
