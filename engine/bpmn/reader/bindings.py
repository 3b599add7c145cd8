"""Which version of a process, decision or form an element means: the latest, that of its deployment, or one by its number."""

from __future__ import annotations

from typing import Any

from engine.bpmn.reader.extensions import extensions, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import ZEEBE
from engine.bpmn.reader.own import number, own, written_at
from engine.facts.declarations import Entry
from engine.facts.sentences import Sentence
from engine.vocabulary.versions import BINDING, FORM_BINDING, FORM_VERSION, VERSION


def read_binding(file: ModelFile, xml: Any, prefix: str) -> tuple[str, int | None]:
    """Of a called process or decision. `prefix` begins the attributes of Camunda 7: `calledElementBinding`."""
    binding, version = _read(file, xml, BINDING, VERSION, prefix)
    return binding or BINDING.default, version


def read_form_binding(file: ModelFile, xml: Any) -> tuple[str, int | None]:
    """Of a form; empty when the model leaves it open."""
    zeebe = next((each.get("bindingType") or "" for each in extensions(xml, f"{ZEEBE}formDefinition")), "")
    binding, version = _read(file, xml, FORM_BINDING, FORM_VERSION, "formRef")
    return binding or (zeebe if zeebe in FORM_BINDING.choices else ""), version


def check_no_form_binding(file: ModelFile, xml: Any) -> None:
    """Where no form is named, none has a version."""
    for entry in (FORM_BINDING, FORM_VERSION):
        _unread(file, xml, entry, Sentence("Name the form in {form}, or take it out.", form="liuzhuan:form"))


def _read(file: ModelFile, xml: Any, binding: Entry, version: Entry, prefix: str) -> tuple[str, int | None]:
    if written_at(xml, binding):
        meant = own(xml, binding)
    else:
        meant = vendor(xml, f"{prefix}Binding")
        if meant and meant not in binding.choices:
            fix = file.suggestion(meant, binding.choices) or Sentence("Choose {choices}.", choices=", ".join(binding.choices))
            file.problem("value-unknown", xml, Sentence("The binding is “{value}”, which is not known.", value=meant), fix)
            return "", None
    if meant == "version":
        return meant, _version(file, xml, version, prefix)
    _unread(file, xml, version, Sentence("It is read only with {binding}.", binding=f'liuzhuan:{binding.name}="version"'))
    return meant, None


def _unread(file: ModelFile, xml: Any, entry: Entry, fix: Sentence) -> None:
    if written_at(xml, entry):
        sentence = Sentence("{name} has no effect here.", name=f"liuzhuan:{entry.name}")
        file.warning("version-unread", xml, sentence, fix)


def _version(file: ModelFile, xml: Any, version: Entry, prefix: str) -> int | None:
    if written_at(xml, version):
        return number(xml, version)
    text = vendor(xml, f"{prefix}Version")
    if text:
        return int(text) if text.isdigit() else 1
    sentence = Sentence("The binding is a version, and no version is given.")
    file.problem("version-missing", xml, sentence, Sentence("Give it liuzhuan:{name}.", name=version.name))
    return None
