"""What other products keep in ways of their own: code that is not run here, and forms of SpiffWorkflow."""

from __future__ import annotations

from typing import Any

from engine.bpmn.reader.extensions import extensions
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import CAMUNDA_FAMILY, SPIFF
from engine.facts.sentences import Sentence

_CODE = (
    *(space + tag for space in CAMUNDA_FAMILY for tag in ("executionListener", "taskListener")),
    f"{SPIFF}preScript",
    f"{SPIFF}postScript",
)
_FORM_PROPERTY = "formJsonSchemaFilename"


def warn_of_code(file: ModelFile, xml: Any) -> None:
    """Listeners and scripts around an element are programs of the product they were written for."""
    for code in extensions(xml, *_CODE):
        name = code.tag.rpartition("}")[2]
        fix = Sentence("Put what it does into a script task, a service task or an output of the element.")
        file.warning("vendor-code", code, Sentence("Its {name} is code of another product and is not run.", name=name), fix)


def spiff_form(xml: Any) -> str:
    """The form a SpiffArena user task names, without the ending of its file."""
    for properties in extensions(xml, f"{SPIFF}properties"):
        for each in properties.iterchildren(f"{SPIFF}property"):
            if each.get("name") == _FORM_PROPERTY:
                return (each.get("value") or "").removesuffix(".json").removesuffix("-schema")
    return ""
