"""A form looked at when it is deployed: what form-js cannot use or would pass over without a word, and what surprises people.

Errors refuse the deployment, warnings do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.facts.errors import Problem
from service.forms.checking.components import problems_of
from service.forms.checking.lines import Lines


def check_form(content: bytes, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of the file's form, with the lines where its components begin."""
    lines = Lines(content)
    for component, problem in problems_of(schema):
        yield replace(problem, line=lines.of(component))


__all__ = ["check_form"]
