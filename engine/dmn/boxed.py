"""The boxed expressions of DMN 1.5 (clause 7.3 and 10.2) as they stand in the file, before anything is compiled.

A missing part (an empty cell, an `in` without an expression) is None: it evaluates to null, and reading reports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.dmn.place import NOWHERE, Place, Variable
from engine.dmn.tables import DecisionTable

FunctionKind = Literal["FEEL", "Java", "PMML"]


@dataclass(frozen=True, slots=True)
class LiteralExpression:
    text: str
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """An entry without a variable is the result of its context."""

    variable: Variable | None
    value: Boxed | None


@dataclass(frozen=True, slots=True)
class Context:
    entries: tuple[ContextEntry, ...]
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ListExpression:
    items: tuple[Boxed | None, ...]
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of values: a list of contexts, one for each row, with the columns as entries."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Boxed | None, ...], ...]
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """`result_type` is what the body must conform to."""

    parameters: tuple[Variable, ...]
    body: Boxed | None
    kind: FunctionKind = "FEEL"
    result_type: str | None = None
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Binding:
    parameter: Variable
    value: Boxed | None


@dataclass(frozen=True, slots=True)
class Invocation:
    called: Boxed | None
    bindings: tuple[Binding, ...]
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Boxed | None
    then: Boxed | None
    otherwise: Boxed | None
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class For:
    variable: str
    collection: Boxed | None
    result: Boxed | None
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Quantified:
    quantifier: Literal["some", "every"]
    variable: str
    collection: Boxed | None
    satisfies: Boxed | None
    type_ref: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Filter:
    collection: Boxed | None
    match: Boxed | None
    type_ref: str | None = None
    place: Place = NOWHERE


Boxed = (
    LiteralExpression
    | Context
    | ListExpression
    | Relation
    | FunctionDefinition
    | Invocation
    | Conditional
    | For
    | Quantified
    | Filter
    | DecisionTable
)
