"""The list of everything that is wrong with a file, like a compiler's."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.dmn.place import Place
from engine.facts.errors import Problem
from engine.facts.sentences import Sentence


@dataclass
class Problems:
    """Everything found wrong while one file is read, in the order of finding."""

    found: list[Problem] = field(default_factory=list)

    def error(self, rule: str, sentence: Sentence, place: Place, fix: Sentence) -> None:
        self.found.append(Problem(rule, sentence, where=place.where, line=place.line, fix=fix))

    def warning(self, rule: str, sentence: Sentence, place: Place, fix: Sentence) -> None:
        self.found.append(Problem(rule, sentence, where=place.where, line=place.line, fix=fix, is_warning=True))
