"""The names of what is deployed: of processes, for lists whose rows only carry the key, and of forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.definitions import process_definitions
from engine.definitions.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork
from service.web.languages import named


def newest(work: UnitOfWork) -> Mapping[str, ProcessDefinition]:
    """Key → the newest version, by name as people read it."""
    found = sorted(process_definitions.list_(work), key=lambda each: named(each.name, each.name_en))
    return {each.key: each for each in found}


def name_of(definitions: Mapping[str, ProcessDefinition], key: str) -> str:
    definition = definitions.get(key)
    return named(definition.name, definition.name_en) if definition else key


def form_name(schema: Mapping[str, Any]) -> str:
    """Empty when it has none."""
    return named(str(schema.get("name") or ""), str(schema.get("nameEn") or ""))
