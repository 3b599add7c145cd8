"""A connector of this service: which one does the work, and whether it is handed what it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.bpmn.elements.tasks.jobs import JobElement, Work
from engine.bpmn.reader.extensions import inputs, outputs
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.own import number, own, own_children, written_at
from engine.facts.declarations import Entry
from engine.vocabulary import work as declared
from engine.vocabulary.table import Choosable
from engine.vocabulary.texts import INPUT, VARIABLE_NAME


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
        if named:
            sentence = f"It has two connectors; {named}, its attribute, is not read."
            file.problem("work-twice", xml, sentence, "Take one of them out.")
    if name and file.connectors is not None:
        _check(file, task, xml, name, file.connectors)
    return True


def _check(file: ModelFile, task: JobElement, xml: Any, name: str, connectors: Mapping[str, Choosable]) -> None:
    connector = connectors.get(name)
    if connector is None:
        fix = file.suggestion(name, connectors) or f"Choose {', '.join(connectors)}."
        file.problem("unknown-connector", xml, f"There is no connector {name}.", fix)
    else:
        _check_inputs(file, task, xml, name, connector.parameters)


def _check_inputs(file: ModelFile, task: JobElement, xml: Any, name: str, parameters: Sequence[Entry]) -> None:
    known = {entry.name: entry for entry in parameters}
    places = {own(each, VARIABLE_NAME): each for each in xml.iter(INPUT.tag)}
    for given, value in task.input_mappings.items():
        where, entry = places.get(given, xml), known.get(given)
        if entry is None:
            fix = file.suggestion(given, known) or f"Known are {', '.join(known)}."
            file.problem("unknown-input", where, f"The connector {name} has no input {given}.", fix)
        elif value.is_fixed and value.literal and not entry.allows(value.literal):
            fix = file.suggestion(value.literal, entry.choices) or "Write one that it takes, or = and FEEL."
            file.problem("value-unknown", where, f"{given} is {value.literal!r}, which the connector {name} does not take.", fix)
    for entry in parameters:
        if entry.is_required and entry.name not in task.input_mappings:
            file.problem("input-missing", xml, f"The connector {name} needs the input {entry.name}.", "Give it a liuzhuan:input.")
