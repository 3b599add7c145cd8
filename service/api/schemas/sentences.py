"""A sentence of an answer, in the language that the request asks for."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from marshmallow import fields

from service.api.language import in_words


def sentence(name: str, *, allow_none: bool = False) -> fields.Function:
    """The attribute `name`; without one it is an empty text, or null with `allow_none`."""
    take = attrgetter(name)
    nothing = None if allow_none else ""

    def words(obj: Any) -> str | None:
        found = take(obj)
        return nothing if found is None else in_words(found)

    return fields.Function(words, metadata={"type": ["string", "null"] if allow_none else "string"})
