"""Field rights of a task: what it may not see never leaves the server, what it may not write is dropped and reported.

A right names a variable: the key of a field, or the path of a group or a list, which then holds for everything in it.
A variable that is not named may be written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.facts.user_task_facts import Access

Rights = Mapping[str, Access]
Schema = Mapping[str, Any]


def permitted(schema: Schema, rights: Rights) -> dict[str, Any]:
    """The schema without hidden fields, with fields that may only be read made so."""
    components = [_component(each, rights) for each in schema.get("components", ()) if _access(each, rights) != "hidden"]
    return {**schema, "components": components}


def shown(values: Mapping[str, Any], schema: Schema, rights: Rights) -> dict[str, Any]:
    """Of an instance's variables, those that a task may see: its fields', and those that its form's expressions name."""
    visible = permitted(schema, rights)
    fields = names(visible)
    expressions = "\n".join(_expressions(visible))
    allowed = {name for name in values if rights.get(name) != "hidden" and (name in fields or name in expressions)}
    return {name: values[name] for name in values if name in allowed}


def writable(values: Mapping[str, Any], rights: Rights) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Of submitted values, those that the task may write; and the names of the others."""
    kept = {name: value for name, value in values.items() if rights.get(name, "write") == "write"}
    return kept, tuple(name for name in values if name not in kept)


def only_shown(schema: Schema) -> frozenset[str]:
    """The variables all of whose fields are read-only, and lists without rows to add or remove."""
    fields = list(_fields(schema.get("components", ()), ""))
    return frozenset(name for name, _ in fields) - {name for name, is_readonly in fields if not is_readonly}


def _fields(components: Any, variable: str) -> Iterator[tuple[str, bool]]:
    """The variable of each field, and whether the field is always read-only; `variable` is the one of what is around."""
    for component in components:
        name = variable or _variable(component)
        if component.get("key"):
            yield name, component.get("readonly") is True
        elif component.get("isRepeating"):
            yield name, component.get("allowAddRemove") is False
        yield from _fields(component.get("components", ()), name)


def names(schema: Schema) -> frozenset[str]:
    """The variables that the form's fields read and write."""
    return frozenset(_names(schema.get("components", ())))


def _names(components: Any) -> Iterator[str]:
    for component in components:
        name = _variable(component)
        if name:
            yield name
        else:
            yield from _names(component.get("components", ()))


def _variable(component: Schema) -> str:
    """`customer` for a field with the key `customer.name` and for a group with the path `customer`; empty for mere layout."""
    path: str = component.get("key") or component.get("path") or ""
    return path.partition(".")[0]


def _access(component: Schema, rights: Rights) -> Access:
    return rights.get(_variable(component), "write")


def _component(component: Schema, rights: Rights) -> dict[str, Any]:
    if _access(component, rights) == "read":
        return _readonly(component)
    if "components" in component and not _variable(component):
        return permitted(component, rights)
    return dict(component)


def _readonly(component: Schema) -> dict[str, Any]:
    """Nobody can be asked to fill in what they may not write. A computed field stays: form-js computes no readonly one."""
    if component.get("type") == "expression":
        return dict(component)
    changed: dict[str, Any] = {**component, "readonly": True}
    if "validate" in component:
        changed["validate"] = {rule: value for rule, value in component["validate"].items() if rule != "required"}
    if "components" in component:
        changed["components"] = [_readonly(each) for each in component["components"]]
    if component.get("isRepeating"):
        changed["allowAddRemove"] = False
    return changed


def _expressions(value: Any) -> Iterator[str]:
    """Every text of the schema that form-js evaluates: FEEL after `=`, templates with `{{`, and the keys of option lists."""
    if isinstance(value, str):
        if value.startswith("=") or "{{" in value:
            yield value
    elif isinstance(value, Mapping):
        yield value.get("valuesKey", "")
        for each in value.values():
            yield from _expressions(each)
    elif isinstance(value, list):
        for each in value:
            yield from _expressions(each)
