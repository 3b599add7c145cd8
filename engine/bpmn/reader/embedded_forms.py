"""Forms written inside of a model: fields of Camunda 7, Flowable and Activiti, and form-js forms of Camunda 8.

The fields become a form-js form of the same fields, a form-js form stays as it is. Their keys begin with the id of the process.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.reader.namespaces import ACTIVITI, BPMN, CAMUNDA, FLOWABLE, ZEEBE

_FIELDS = (f"{ACTIVITI}formProperty", f"{FLOWABLE}formProperty", f"{CAMUNDA}formProperty")
_FORM_DATA = tuple(f"{space}formData" for space in (CAMUNDA, FLOWABLE, ACTIVITI))
_MARKS = (b"formProperty", b"formData", b"userTaskForm")

#: Types of fields, and the components of form-js that take them; all others are texts.
_COMPONENTS: Mapping[str, Mapping[str, Any]] = {
    "textarea": {"type": "textarea"},
    **{name: {"type": "number", "decimalDigits": 0} for name in ("long", "int", "integer", "short")},
    **{name: {"type": "number"} for name in ("double", "float", "number")},
    "boolean": {"type": "checkbox"},
    "date": {"type": "datetime", "subtype": "date"},
    "enum": {"type": "select"},
    "user": {"type": "select", "properties": {"source": "people"}},
}
_TEXT: Mapping[str, Any] = {"type": "textfield"}
_LIMITS = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}


def may_have_forms(xml: bytes) -> bool:
    """Whether it is worth looking."""
    return any(mark in xml for mark in _MARKS)


def embedded_forms(root: Any) -> Iterator[tuple[str, bytes]]:
    """The key and the form-js JSON of every form in the file."""
    for process in root.iterchildren(f"{BPMN}process"):
        for form in process.iterfind(f"{BPMN}extensionElements/{ZEEBE}userTaskForm"):
            yield embedded_key(process, form.get("id") or ""), (form.text or "").encode()
        for element in process.iter(f"{BPMN}userTask", f"{BPMN}startEvent"):
            fields = list(_fields(element))
            if fields:
                yield embedded_key(element, element.get("id") or ""), _form(element, fields)


def has_fields(element: Any) -> bool:
    return next(_fields(element), None) is not None


def embedded_key(xml: Any, name: str) -> str:
    """`xml` is the process, or stands in it."""
    process = xml if xml.tag == f"{BPMN}process" else next(xml.iterancestors(f"{BPMN}process"))
    return f"{process.get('id')}/{name}"


def _fields(element: Any) -> Iterator[Any]:
    for holder in element.iterchildren(f"{BPMN}extensionElements"):
        yield from holder.iterchildren(*_FIELDS)
        for data in holder.iterchildren(*_FORM_DATA):
            yield from data.iterchildren("{*}formField")


def _form(element: Any, fields: list[Any]) -> bytes:
    id = element.get("id") or ""
    shown = [_component(id, field) for field in fields if field.get("id") and not _is_secret(field)]
    form = {"type": "default", "schemaVersion": 19, "id": id, "name": element.get("name") or id, "components": shown}
    return json.dumps(form, ensure_ascii=False, sort_keys=True).encode()


def _is_secret(field: Any) -> bool:
    """Neither shown nor taken."""
    return {field.get("readable"), field.get("writable")} == {"false"}


def _component(form: str, field: Any) -> dict[str, Any]:
    key = field.get("variable") or field.get("id")
    component: dict[str, Any] = {"id": f"{form}-{field.get('id')}", "key": key, **_COMPONENTS.get(_type(field), _TEXT)}
    component["dateLabel" if component["type"] == "datetime" else "label"] = field.get("label") or field.get("name") or key
    rules = _rules(field)
    if rules.pop("readonly", False):
        component["readonly"] = True
    if rules:
        component["validate"] = rules
    if _type(field) == "enum":
        component["values"] = [_option(each) for each in field.iterchildren("{*}value")]
    default = _default(field, component["type"])
    return component if default is None else {**component, "defaultValue": default}


def _type(field: Any) -> str:
    return (field.get("type") or "string").lower()


def _option(value: Any) -> dict[str, str]:
    return {"value": value.get("id") or "", "label": value.get("name") or value.get("id") or ""}


def _rules(field: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if field.get("required") == "true":
        found["required"] = True
    if field.get("writable") == "false":
        found["readonly"] = True
    for constraint in field.iterfind("{*}validation/{*}constraint"):
        name, limit = constraint.get("name"), constraint.get("config") or ""
        if name in ("required", "mandatory", "readonly") and limit != "false":
            found["readonly" if name == "readonly" else "required"] = True
        elif name in _LIMITS and limit.isdecimal():
            found[_LIMITS[name]] = int(limit)
    return found


def _default(field: Any, kind: str) -> Any:
    """A fixed value; an expression of the other product is left out."""
    text = field.get("defaultValue") or field.get("default") or ""
    if not text or "{" in text:
        return None
    match kind:
        case "checkbox":
            return text == "true"
        case "number":
            return int(text) if text.lstrip("-").isdecimal() else None
        case "datetime":
            return None
    return text
