"""What an evaluation did: every decision in the order evaluated, and for each table the values tested and the rules matched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.facts.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Note:
    """Why a value became null, or what was ignored: the id of the element, its line in the file, the reason."""

    where: str
    line: int
    reason: Sentence

    def as_json(self, say: Callable[[Sentence], str] = str) -> dict[str, Any]:
        """`say` puts a sentence into the reader's language."""
        return {"where": self.where, "line": self.line, "reason": say(self.reason)}


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """`index` counts from 1, as tables are drawn. `outputs` by the names of the output clauses; a single one may be unnamed."""

    index: int
    id: str
    outputs: Mapping[str, Any]
    annotations: tuple[str, ...] = ()


@dataclass(slots=True)
class TableTrace:
    """One evaluation of a decision table. `inputs` are the tested expressions with their values, in the order of the columns."""

    table: str
    hit_policy: str
    inputs: tuple[tuple[str, Any], ...] = ()
    matched: tuple[MatchedRule, ...] = ()
    value: Any = None


@dataclass(slots=True)
class DecisionTrace:
    """One decision: what it required by name, its tables (also those of the functions it called), its value."""

    id: str
    name: str
    namespace: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    tables: list[TableTrace] = field(default_factory=list)
    value: Any = None
