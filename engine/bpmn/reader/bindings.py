"""Which version of a process, decision or form an element means: the latest, that of its deployment, or one by its number."""

from __future__ import annotations

from typing import Any

from engine.bpmn.reader.extensions import extensions, own, vendor
from engine.bpmn.reader.file import ModelFile, whole_number
from engine.bpmn.reader.namespaces import LIUZHUAN, ZEEBE

_BINDINGS = ("latest", "deployment", "version")
_MAX_VERSION = 1_000_000


def read_binding(file: ModelFile, xml: Any, prefix: str) -> tuple[str, int | None]:
    """Of a called process or decision. `prefix` begins the attributes of Camunda 7: `calledElementBinding`."""
    binding, version = _read(file, xml, ("binding", "version"), prefix)
    return binding or "latest", version


def read_form_binding(file: ModelFile, xml: Any) -> tuple[str, int | None]:
    """Of a form; empty when the model leaves it open."""
    zeebe = next((each.get("bindingType") or "" for each in extensions(xml, f"{ZEEBE}formDefinition")), "")
    binding, version = _read(file, xml, ("formBinding", "formVersion"), "formRef")
    return binding or (zeebe if zeebe in _BINDINGS else ""), version


def _read(file: ModelFile, xml: Any, names: tuple[str, str], prefix: str) -> tuple[str, int | None]:
    binding = own(xml, names[0]) or vendor(xml, f"{prefix}Binding")
    if binding and binding not in _BINDINGS:
        fix = file.suggestion(binding, _BINDINGS) or f"Choose {', '.join(_BINDINGS)}."
        file.problem("value-unknown", xml, f"The binding is {binding!r}, which is not known.", fix)
        return "", None
    return (binding, _version(file, xml, names[1], prefix)) if binding == "version" else (binding, None)


def _version(file: ModelFile, xml: Any, name: str, prefix: str) -> int | None:
    attribute, text = LIUZHUAN + name, vendor(xml, f"{prefix}Version")
    if xml.get(attribute) is not None:
        return whole_number(file, xml, attribute, 1, 1, _MAX_VERSION)
    if text:
        return int(text) if text.isdigit() else 1
    file.problem("version-missing", xml, "The binding is a version, and no version is given.", f"Give it liuzhuan:{name}.")
    return None
