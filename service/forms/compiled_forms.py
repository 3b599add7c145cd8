"""Compiled forms, kept in memory: a version of a form never changes, and every task of an element has the same field rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.facts.memory import Memory
from service.forms.judging import CompiledForm, FormUnjudged, compile_form
from service.forms.rights import Rights

#: About 20 kB each.
MAX_FORMS = 1_000

_forms: Memory[tuple[UUID, frozenset[tuple[str, str]]], CompiledForm | FormUnjudged] = Memory(MAX_FORMS)


def compiled(version: UUID, schema: Mapping[str, Any], access: Rights) -> CompiledForm | None:
    """The form `version` for tasks with these rights; None when only form-js itself can judge it."""

    def compile_() -> CompiledForm | FormUnjudged:
        try:
            return compile_form(schema, access)
        except FormUnjudged as unjudged:
            return unjudged

    found = _forms.get((version, frozenset(access.items())), compile_)
    return None if isinstance(found, FormUnjudged) else found
