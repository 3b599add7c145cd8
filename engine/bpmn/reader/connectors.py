"""A connector of this service: which one does the work, and whether it is handed what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.elements.tasks.jobs import JobElement, Work
from engine.bpmn.reader.extensions import inputs, outputs
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.own import number, own, own_children, written_at
from engine.bpmn.reader.secrets import check_references, secret_references
from engine.facts.declarations import Entry
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from engine.vocabulary import work as declared
from engine.vocabulary.table import Choosable
from engine.vocabulary.texts import INPUT, VARIABLE_NAME
from engine.vocabulary.words import did_you_mean, not_allowed


def read_connector(file: ModelFile, task: JobElement, xml: Any) -> bool:
    """As a child or as an attribute of the task; False without either. What the task itself hands over goes to it as well."""
    child = next(own_children(xml, declared.CONNECTOR), None)
    named = written_at(xml, declared.CONNECTOR_OF_TASK)
    if child is None and not named:
        return False
    holder = xml if child is None else child
    name = named if child is None else own(child, declared.CONNECTOR_NAME)
    task.work = Work("connector", name, number(holder, declared.RETRIES))
    if child is not None:
        task.input_mappings = {**task.input_mappings, **inputs(file, child)}
        task.output_mappings = {**task.output_mappings, **outputs(file, child)}
    task.secrets = secret_references(file, task.input_mappings)
    if name and file.connectors is not None:
        _check(file, task, xml, name, file.connectors)
    return True


def _check(file: ModelFile, task: JobElement, xml: Any, name: str, connectors: Mapping[str, Choosable]) -> None:
    connector = connectors.get(name)
    if connector is None:
        sentence = Sentence("There is no connector {name}.", name=name)
        file.problem("unknown-connector", xml, sentence, did_you_mean(nearest(name, connectors), connectors))
    else:
        known = {entry.name: entry for entry in connector.parameters}
        _check_inputs(file, task, xml, name, known)
        check_references(file, task.input_mappings, xml, known)


def _check_inputs(file: ModelFile, task: JobElement, xml: Any, connector: str, known: Mapping[str, Entry]) -> None:
    places = {own(each, VARIABLE_NAME): each for each in xml.iter(INPUT.tag)}
    for name, value in task.input_mappings.items():
        where, entry = places.get(name, xml), known.get(name)
        if entry is None:
            sentence = Sentence("The connector {connector} has no input {name}.", connector=connector, name=name)
            file.problem("unknown-input", where, sentence, did_you_mean(nearest(name, known), known))
        elif value.literal and not entry.allows(value.literal):
            file.problem("value-unknown", where, *not_allowed(entry, name, value.literal))
    for entry in known.values():
        given = task.input_mappings.get(entry.name)
        if entry.is_required and (given is None or given.literal == ""):
            sentence = Sentence("The connector {connector} needs the input {name}.", connector=connector, name=entry.name)
            file.problem("input-missing", xml, sentence, Sentence("Give it a liuzhuan:input."))
