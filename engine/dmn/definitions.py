"""A DMN file as it stands in the file: its decision requirements graph and its types (DMN 1.5, clauses 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.boxed import Boxed, FunctionDefinition
from engine.dmn.place import NOWHERE, Place, Text, Variable


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type. Either `components`, or a `function`, or what `type_ref` names; `is_collection` makes it a list of that.

    `allowed` limits each value (each item of a collection), `constraint` the value as a whole.
    """

    name: str
    type_ref: str | None = None
    is_collection: bool = False
    components: tuple[ItemDefinition, ...] = ()
    function: FunctionItem | None = None
    allowed: Text | None = None
    constraint: Text | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class FunctionItem:
    parameters: tuple[Variable, ...]
    result_type: str | None


@dataclass(frozen=True, slots=True)
class Import:
    """Another DMN model whose elements are known here as `name.element`; with an empty name, as `element`."""

    namespace: str
    name: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    variable: Variable
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Decision:
    """`information` and `knowledge` are the hrefs of what it requires, in the order of the file."""

    id: str
    name: str
    variable: Variable
    logic: Boxed | None
    information: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    question: str = ""
    allowed_answers: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A business knowledge model: a function that decisions share."""

    id: str
    name: str
    variable: Variable
    function: FunctionDefinition | None
    knowledge: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions behind one door: parameters are the input data after the input decisions, as hrefs."""

    id: str
    name: str
    variable: Variable
    output_decisions: tuple[str, ...]
    encapsulated_decisions: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()
    place: Place = NOWHERE


Element = InputData | Decision | KnowledgeModel | DecisionService


@dataclass(frozen=True)
class Definitions:
    """One `definitions` element. Elements without an id are known by their name."""

    id: str
    name: str
    namespace: str
    input_data: tuple[InputData, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge_models: tuple[KnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    item_definitions: tuple[ItemDefinition, ...] = ()
    imports: tuple[Import, ...] = ()

    @property
    def elements(self) -> tuple[Element, ...]:
        return (*self.input_data, *self.decisions, *self.knowledge_models, *self.services)

    @cached_property
    def variable_names(self) -> frozenset[str]:
        """The names that elements give to their values."""
        return frozenset(element.variable.name for element in self.elements)

    @cached_property
    def by_id(self) -> Mapping[str, Element]:
        """The first element of each id."""
        return {element.id: element for element in reversed(self.elements)}
