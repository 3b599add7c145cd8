"""Where the result of a script or decision goes."""

from __future__ import annotations

from typing import Any

from engine.bpmn.errors import ElementFailed
from engine.bpmn.variables import Variables, assign, merge
from engine.facts.sentences import Sentence


def store(result: Any, variables: Variables, name: str, what: Sentence) -> None:
    """Into the variable `name`; without a name the result has to be a context, whose entries become variables."""
    if name:
        assign(variables, name, result)
    elif isinstance(result, dict):
        merge(variables, result)
    elif result is not None:
        raise ElementFailed(
            Sentence(
                "the result of {what} is {value} and has nowhere to go; give the element a result variable",
                what=what,
                value=repr(result),
            )
        )
