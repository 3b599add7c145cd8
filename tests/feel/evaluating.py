"""Expressions in, FEEL texts out: what a test of the language says in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.feel import Note, compile_expression, text_of
from engine.feel.text import quoted

NOW = datetime(2026, 3, 15, 12, 30, tzinfo=UTC)


def value(text: str, scope: Mapping[str, Any] | None = None, /, **names: Any) -> Any:
    """The value of an expression among `names`, or the names of `scope`."""
    found = names if scope is None else scope
    return compile_expression(text, found).evaluate(found, now=NOW)


def shown(text: str, scope: Mapping[str, Any] | None = None, /, **names: Any) -> str:
    """The value as FEEL writes it: texts in quotes, null as null."""
    found = value(text, scope, **names)
    return quoted(found) if isinstance(found, str) else text_of(found)


def reasons(text: str, /, **names: Any) -> list[str]:
    """Why parts of the expression became null."""
    notes: list[Note] = []
    compile_expression(text, names).evaluate(names, notes=notes)
    return [str(note.reason) for note in notes]
