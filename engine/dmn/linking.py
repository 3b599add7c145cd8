"""Makes a model of a file: resolves what its elements require, compiles their logic, and reports what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.dmn.compiling.compiler import Compiler
from engine.dmn.compiling.functions import body_of, parameters_of
from engine.dmn.compiling.names import Names
from engine.dmn.compiling.table_of_compilers import COMPILERS
from engine.dmn.definitions import Decision, DecisionService, Definitions, Element, InputData, KnowledgeModel
from engine.dmn.graph import Graph
from engine.dmn.model import LinkedDecision, LinkedFunction, LinkedService, Model, Reference
from engine.dmn.naming import Spelling, names_of
from engine.dmn.place import Place, Text
from engine.dmn.problems import Problems
from engine.dmn.run import null
from engine.dmn.types import Test, Types
from engine.facts.sentences import Sentence, either
from engine.feel import FeelSyntaxError, Parameter, compile_unary_tests
from engine.feel.feel_type import FeelType
from engine.feel.types import FunctionType, resolved

KINDS: dict[type[Element], Sentence] = {
    InputData: Sentence("input data"),
    Decision: Sentence("a decision"),
    KnowledgeModel: Sentence("a business knowledge model"),
    DecisionService: Sentence("a decision service"),
}
INVOCABLE = (KnowledgeModel, DecisionService)


def link(
    definitions: Definitions, imported: Mapping[str, Model], problems: Problems, functions: frozenset[str] = frozenset()
) -> Model:
    """The model of a file; `functions` are the names of those the host has.

    What is wrong is reported; the logic concerned then evaluates to null.
    """
    graph = Graph(definitions, imported)
    names = names_of(definitions, graph) | functions
    spelling = Spelling(names, problems)
    theirs = ((path, model.definitions, model.types) for path, model in graph.imported_models())
    types = Types(definitions, theirs, _tests_in(spelling, problems), problems)
    return _Linker(graph, types, Compiler(types, spelling, problems, COMPILERS), problems, names, functions).model()


@dataclass
class _Linker:
    graph: Graph
    types: Types
    compiler: Compiler
    problems: Problems
    names: frozenset[str]
    functions: frozenset[str]

    def model(self) -> Model:
        file = self.graph.definitions
        return Model(
            definitions=file,
            imported=self.graph.imported,
            types=self.types,
            input_types={each.id: self.compiler.variable_type(each.variable) for each in reversed(file.input_data)},
            linked_decisions={each.id: self._decision(each) for each in reversed(file.decisions)},
            linked_functions={each.id: self._function(each) for each in reversed(file.knowledge_models)},
            linked_services={each.id: self._service(each) for each in reversed(file.services)},
            names=self.names,
        )

    def _decision(self, decision: Decision) -> LinkedDecision:
        information = self._references(decision.information, (Decision, InputData), decision.place)
        knowledge = self._references(decision.knowledge, INVOCABLE, decision.place)
        compiled = self.compiler.compiled(decision.logic, _names(information + knowledge))
        for name in sorted(self._unexplained(compiled.undeclared)):
            sentence = Sentence(
                "'{decision}' uses '{name}' without requiring it; it is read from the values given to the call.",
                decision=decision.name,
                name=name,
            )
            fix = Sentence("Add input data '{name}' and an information requirement.", name=name)
            self.problems.warning("name-undeclared", sentence, decision.place, fix)
        type_ = self.compiler.variable_type(decision.variable)
        return LinkedDecision(decision, type_, compiled.step, information, knowledge, compiled.undeclared)

    def _unexplained(self, names: frozenset[str]) -> frozenset[str]:
        """Names that no requirement gives and that are not those of an item inside a filter either."""
        elements = self.graph.definitions.variable_names
        return frozenset(name for name in names - self.functions if name in elements or name not in self.names)

    def _function(self, model: KnowledgeModel) -> LinkedFunction:
        knowledge = self._references(model.knowledge, INVOCABLE, model.place)
        result = _result(self.compiler.variable_type(model.variable))
        if model.function is None:
            return LinkedFunction(model, (), result, null, knowledge)
        parameters = parameters_of(self.compiler, model.function)
        step = body_of(self.compiler, model.function, _names(knowledge).inner(model.variable.name))
        return LinkedFunction(model, parameters, result, step, knowledge)

    def _service(self, service: DecisionService) -> LinkedService:
        outputs = self._references(service.output_decisions, (Decision,), service.place)
        self._references(service.encapsulated_decisions, (Decision,), service.place)
        data = self._references(service.input_data, (InputData,), service.place)
        decisions = self._references(service.input_decisions, (Decision,), service.place)
        inputs = data + decisions
        result = _result(self.compiler.variable_type(service.variable))
        return LinkedService(service, inputs, tuple(map(self._parameter, inputs)), outputs, result)

    def _parameter(self, reference: Reference) -> Parameter:
        variable = reference.element.variable
        types = reference.model.types if reference.model else self.types
        return Parameter(variable.name, types.named(variable.type_ref, variable.place))

    def _references(self, hrefs: Iterable[str], kinds: tuple[type[Element], ...], place: Place) -> tuple[Reference, ...]:
        found = (self._reference(href, kinds, place) for href in hrefs)
        return tuple(reference for reference in found if reference)

    def _reference(self, href: str, kinds: tuple[type[Element], ...], place: Place) -> Reference | None:
        reference = self.graph.find(href)
        if reference is None:
            self.problems.error(
                "reference-unknown",
                Sentence("'{href}' names no element here or in an imported model.", href=href),
                place,
                Sentence("Correct the reference."),
            )
            return None
        if not isinstance(reference.element, kinds):
            wanted = either(KINDS[kind] for kind in kinds)
            sentence = Sentence(
                "'{href}' is {kind} where {wanted} is required.", href=href, kind=KINDS[type(reference.element)], wanted=wanted
            )
            self.problems.error("reference-kind", sentence, place, Sentence("Refer to an element of that kind."))
            return None
        return reference


def _names(references: Iterable[Reference]) -> Names:
    """What expressions see: the element's own name, or the name of the import in front of it."""
    return Names((*reference.path, reference.element.variable.name)[0] for reference in references)


def _result(type_: FeelType) -> FeelType:
    """The variable of a function has, by version of DMN, the type of the function or that of its result."""
    function = resolved(type_)
    return function.result if isinstance(function, FunctionType) else type_


def _tests_in(spelling: Spelling, problems: Problems) -> Callable[[Text], Test]:
    def compiled(text: Text) -> Test:
        try:
            tests = compile_unary_tests(text.text, spelling.names_in(text.text))
        except FeelSyntaxError as fault:
            problems.error("feel-syntax", fault.sentence, text.place, fault.hint or Sentence("Correct the allowed values."))
            return lambda value: True
        return lambda value: tests.holds(value, {}) is True

    return compiled
