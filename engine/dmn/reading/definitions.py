"""Reads the elements of the decision requirements graph (DMN 1.5, clause 6.3)."""

from __future__ import annotations

from collections import Counter

from engine.dmn.definitions import Decision, DecisionService, Definitions, Import, InputData, KnowledgeModel
from engine.dmn.problems import Problems
from engine.dmn.reading.boxed import function_definition, has_boxed, optional_boxed_in, variable_of
from engine.dmn.reading.source import RELEASES, Source
from engine.dmn.reading.types import item_definition, name_of
from engine.facts.sentences import Sentence

NAME_FIX = Sentence("Give each its own name.")


def definitions(root: Source) -> Definitions | None:
    """None, reported, when `root` is not the root of a DMN model."""
    if root.tag != "definitions" or root.namespace not in RELEASES:
        sentence = Sentence(
            "The root element is {tag}, not the definitions of DMN 1.1 to 1.5.",
            tag=f"{{{root.namespace}}}{root.tag}",
        )
        root.error("dmn-root", sentence, Sentence("Upload a decision model in DMN 1.1 to 1.5."))
        return None
    read = Definitions(
        id=root.attribute("id"),
        name=name_of(root),
        namespace=root.attribute("namespace"),
        input_data=tuple(_input_data(child) for child in root.children("inputData")),
        decisions=tuple(_decision(child) for child in root.children("decision")),
        knowledge_models=tuple(_knowledge_model(child) for child in root.children("businessKnowledgeModel")),
        services=tuple(_service(child) for child in root.children("decisionService")),
        item_definitions=tuple(item_definition(child) for child in root.children("itemDefinition")),
        imports=_imports(root),
    )
    _check_names(read, root.problems)
    return read


def _imports(root: Source) -> tuple[Import, ...]:
    """Only models are imported; PMML and other files are reported."""
    found = []
    for child in root.children("import"):
        kind = child.attribute("importType")
        if kind in RELEASES or (child.attribute("namespace") and "DMN" in kind.upper()):
            found.append(Import(child.attribute("namespace"), name_of(child), child.place))
        else:
            child.warning(
                "import-kind", Sentence("An import of kind '{kind}' is not read.", kind=kind), Sentence("Import DMN models only.")
            )
    return tuple(found)


def _identity(source: Source) -> tuple[str, str]:
    """Id and name; one stands in for the other."""
    identifier, name = source.attribute("id"), name_of(source)
    if not name:
        source.error(
            "name-missing",
            Sentence("The <{tag}> '{identifier}' has no name.", tag=source.tag, identifier=identifier),
            Sentence("Give it a name."),
        )
    return identifier or name, name or identifier


def _input_data(source: Source) -> InputData:
    identifier, name = _identity(source)
    return InputData(identifier, name, variable_of(source), source.place)


def _decision(source: Source) -> Decision:
    identifier, name = _identity(source)
    if not has_boxed(source):
        source.warning(
            "decision-logic",
            Sentence("Decision '{name}' has no logic; it answers null.", name=name),
            Sentence("Add a table or an expression."),
        )
    return Decision(
        id=identifier,
        name=name,
        variable=variable_of(source),
        logic=optional_boxed_in(source),
        information=_required(source, "informationRequirement", "requiredDecision", "requiredInput"),
        knowledge=_required(source, "knowledgeRequirement", "requiredKnowledge"),
        question=source.child_text("question"),
        allowed_answers=source.child_text("allowedAnswers"),
        place=source.place,
    )


def _knowledge_model(source: Source) -> KnowledgeModel:
    identifier, name = _identity(source)
    logic = source.child("encapsulatedLogic")
    if logic is None:
        source.warning(
            "decision-logic",
            Sentence("Business knowledge model '{name}' has no logic; a call answers null.", name=name),
            Sentence("Add its logic."),
        )
    return KnowledgeModel(
        id=identifier,
        name=name,
        variable=variable_of(source),
        function=function_definition(logic) if logic else None,
        knowledge=_required(source, "knowledgeRequirement", "requiredKnowledge"),
        place=source.place,
    )


def _service(source: Source) -> DecisionService:
    identifier, name = _identity(source)
    outputs = _hrefs(source, "outputDecision")
    if not outputs:
        source.error(
            "service-output",
            Sentence("Decision service '{name}' has no output decision.", name=name),
            Sentence("Name what it decides."),
        )
    return DecisionService(
        id=identifier,
        name=name,
        variable=variable_of(source),
        output_decisions=outputs,
        encapsulated_decisions=_hrefs(source, "encapsulatedDecision"),
        input_decisions=_hrefs(source, "inputDecision"),
        input_data=_hrefs(source, "inputData"),
        place=source.place,
    )


def _required(source: Source, requirement: str, *tags: str) -> tuple[str, ...]:
    return tuple(href for child in source.children(requirement) for href in _hrefs(child, *tags))


def _hrefs(source: Source, *tags: str) -> tuple[str, ...]:
    return tuple(child.attribute("href") for child in source.children(*tags))


def _check_names(read: Definitions, problems: Problems) -> None:
    """Ids are unique in the file; names are unique among the elements of the graph, and among the types."""
    ids = Counter(element.id for element in read.elements)
    names = Counter(element.name for element in read.elements)
    types = Counter(item.name for item in read.item_definitions)
    for element in read.elements:
        if ids[element.id] > 1:
            problems.error(
                "id-duplicate",
                Sentence("Id '{id}' is used {count} times.", id=element.id, count=ids[element.id]),
                element.place,
                Sentence("Make ids unique."),
            )
        if names[element.name] > 1:
            sentence = Sentence("{count} elements have the name '{name}'.", count=names[element.name], name=element.name)
            problems.warning("name-duplicate", sentence, element.place, NAME_FIX)
    for item in read.item_definitions:
        if types[item.name] > 1:
            problems.error(
                "name-duplicate",
                Sentence("{count} types have the name '{name}'.", count=types[item.name], name=item.name),
                item.place,
                NAME_FIX,
            )
