"""Which form a user task or start event shows, and where each product says so."""

from __future__ import annotations

from typing import Any

from engine.bpmn.reader.embedded_forms import embedded_key, has_fields
from engine.bpmn.reader.extensions import extensions, own_or_vendor, vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import ZEEBE
from engine.bpmn.reader.vendors import spiff_form
from engine.facts.sentences import Sentence
from engine.vocabulary.user_tasks import FORM

_IN_THE_MODEL = "camunda-forms:bpmn:"
_DEPLOYED = "camunda-forms:deployment:"
_PAGES = (".html", ".htm", ".jsf", ".xhtml", ".jsp")
_OF_PAGES = ("embedded:", "app:")


def form_key(file: ModelFile, xml: Any) -> str:
    """The key of the form, an expression for one, or nothing."""
    key = own_or_vendor(xml, FORM, "formRef") or _key_elsewhere(xml)
    if key.startswith(_IN_THE_MODEL):
        return embedded_key(xml, key.removeprefix(_IN_THE_MODEL))
    if key.startswith(_OF_PAGES) or key.lower().endswith(_PAGES):
        sentence = Sentence("The form {key} is a page of another product: the task is shown without a form.", key=key)
        file.warning(
            "form-elsewhere", xml, sentence, Sentence("Draw the form with the form editor and name it in liuzhuan:form.")
        )
        return ""
    if not key and has_fields(xml):
        return embedded_key(xml, xml.get("id") or "")
    return key.removeprefix(_DEPLOYED).removesuffix(".form")


def _key_elsewhere(xml: Any) -> str:
    zeebe = next(extensions(xml, f"{ZEEBE}formDefinition"), None)
    of_zeebe = "" if zeebe is None else zeebe.get("formId") or zeebe.get("formKey") or ""
    return vendor(xml, "formKey") or of_zeebe or spiff_form(xml)
