"""One thing that is wrong with our names in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.facts.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """At `xml`, an element of lxml."""

    rule: str
    xml: Any
    sentence: Sentence
    fix: Sentence
    is_warning: bool = False
