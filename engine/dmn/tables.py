"""A decision table as it stands in the file (DMN 1.5, clause 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.dmn.place import NOWHERE, Place, Text

HitPolicy = Literal["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
Aggregation = Literal["SUM", "COUNT", "MIN", "MAX"]
Orientation = Literal["Rule-as-Row", "Rule-as-Column", "CrossTable"]


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column that is tested. `allowed` are the unary tests every value of the column has to pass, empty for no limit."""

    expression: Text
    label: str = ""
    type_ref: str | None = None
    allowed: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results. The order of `allowed` ranks the values for PRIORITY and OUTPUT ORDER."""

    name: str = ""
    label: str = ""
    type_ref: str | None = None
    allowed: Text | None = None
    default: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell for each input and output clause, one annotation for each annotation clause."""

    id: str
    tests: tuple[Text, ...]
    outputs: tuple[Text, ...]
    annotations: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The orientation is how the table is drawn; it changes nothing in what it decides."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = "UNIQUE"
    aggregation: Aggregation | None = None
    annotations: tuple[str, ...] = ()
    orientation: Orientation = "Rule-as-Row"
    output_label: str = ""
    type_ref: str | None = None
    place: Place = NOWHERE
