"""What the analysis says about a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.dmn.place import Place
from engine.facts.errors import Problem
from engine.facts.sentences import Sentence

Kind = Literal["gap", "overlap", "never-matching", "shadowed", "not-analysed"]

FIXES: dict[Kind, Sentence] = {
    "gap": Sentence("Add a rule or a default output, or list the allowed values of the input."),
    "overlap": Sentence("Narrow one of the rules, or choose another hit policy."),
    "never-matching": Sentence("Correct the cell or remove the rule."),
    "shadowed": Sentence("Move the rule up, narrow the others, or remove it."),
    "not-analysed": Sentence("Split the table."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`rules` count from 1. `example` are values of the tested expressions, by their text, that show what is meant."""

    kind: Kind
    rules: tuple[int, ...]
    example: Mapping[str, Any]
    sentence: Sentence
    place: Place

    def as_problem(self) -> Problem:
        """The finding as a warning beside the problems of the file."""
        fix = FIXES[self.kind]
        return Problem(f"table-{self.kind}", self.sentence, self.place.where, self.place.line, fix, is_warning=True)
