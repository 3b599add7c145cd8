"""Functions that a model defines in another language (DMN 1.5, clause 10.3.2.13.3). None of it is run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.dmn.java_methods import call_java
from engine.facts.sentences import Sentence
from engine.feel import Refused


def answer_external(description: Any, arguments: list[Any]) -> Any:
    """The result of a function described as `{java: {class, method signature}}`. Raises Refused for any not known."""
    kind = next(iter(description), "other") if isinstance(description, Mapping) else "other"
    body = description[kind] if isinstance(description, Mapping) else None
    if kind != "java" or not isinstance(body, Mapping):
        raise Refused(Sentence("functions of kind '{kind}' are not run here", kind=str(kind)))
    return call_java(body.get("class"), body.get("method signature"), arguments)
