"""A model ready to be evaluated: the file as it stands, its types, and its logic compiled and linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.dmn.definitions import Decision, DecisionService, Definitions, Element, InputData, KnowledgeModel
from engine.dmn.run import Step
from engine.dmn.types import Types
from engine.feel import Parameter
from engine.feel.feel_type import FeelType

Linked = TypeVar("Linked")
#: Namespace and id: one element among all models.
Key = tuple[str, str]


@dataclass(frozen=True)
class Reference:
    """An element seen from a file. `path` are the import names in front of its own name; `model` is None for the file itself."""

    element: Element
    namespace: str
    path: tuple[str, ...] = ()
    model: Model | None = None

    @property
    def key(self) -> Key:
        return self.namespace, self.element.id

    @property
    def name(self) -> str:
        """How expressions of the file write it: `Greeting`, `Model B.Greeting`."""
        return ".".join((*self.path, self.element.variable.name))


@dataclass(frozen=True, slots=True)
class LinkedDecision:
    """`undeclared` are the names its logic uses without a requirement for them: they are read from the inputs of the call."""

    decision: Decision
    type: FeelType
    step: Step
    information: tuple[Reference, ...] = ()
    knowledge: tuple[Reference, ...] = ()
    undeclared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LinkedFunction:
    """A business knowledge model."""

    model: KnowledgeModel
    parameters: tuple[Parameter, ...]
    result: FeelType
    step: Step
    knowledge: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedService:
    """`inputs` are its parameters in order: input data first, then input decisions."""

    service: DecisionService
    inputs: tuple[Reference, ...]
    parameters: tuple[Parameter, ...]
    outputs: tuple[Reference, ...]
    result: FeelType


@dataclass(frozen=True)
class Model:
    """One DMN file, read. `imported` are the models of its imports, by namespace; the linked parts go by element id."""

    definitions: Definitions
    imported: Mapping[str, Model] = field(repr=False)
    types: Types = field(repr=False)
    input_types: Mapping[str, FeelType] = field(repr=False)
    linked_decisions: Mapping[str, LinkedDecision] = field(repr=False)
    linked_functions: Mapping[str, LinkedFunction] = field(repr=False)
    linked_services: Mapping[str, LinkedService] = field(repr=False)
    #: Every name given in the file and its imports.
    names: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def id(self) -> str:
        return self.definitions.id

    @property
    def name(self) -> str:
        return self.definitions.name

    @property
    def namespace(self) -> str:
        return self.definitions.namespace

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.definitions.decisions

    @property
    def services(self) -> tuple[DecisionService, ...]:
        return self.definitions.services

    @property
    def input_data(self) -> tuple[InputData, ...]:
        return self.definitions.input_data

    @property
    def knowledge_models(self) -> tuple[KnowledgeModel, ...]:
        return self.definitions.knowledge_models

    def find_decision(self, id_or_name: str) -> LinkedDecision | None:
        return _find(self.decisions, self.linked_decisions, id_or_name)

    def find_service(self, id_or_name: str) -> LinkedService | None:
        return _find(self.services, self.linked_services, id_or_name)

    def find_function(self, id_or_name: str) -> LinkedFunction | None:
        return _find(self.knowledge_models, self.linked_functions, id_or_name)


def _find(elements: Sequence[Element], linked: Mapping[str, Linked], id_or_name: str) -> Linked | None:
    """By id, else by name."""
    by_name = next((element.id for element in elements if element.name == id_or_name), "")
    return linked.get(id_or_name) or linked.get(by_name)
