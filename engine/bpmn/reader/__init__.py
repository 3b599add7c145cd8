"""BPMN XML to a Model, with every problem found. One file per concern; nothing here runs anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.bpmn.model import Model, ModelChecks, Process, Reading
from engine.bpmn.reader.credentials import check_texts
from engine.bpmn.reader.embedded_forms import embedded_forms, may_have_forms
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN
from engine.bpmn.reader.own import check_own_names
from engine.bpmn.reader.processes import read_process, to_read
from engine.bpmn.reader.schema import schema_problems
from engine.bpmn.reader.secrets import check_elsewhere
from engine.facts.errors import Problem
from engine.facts.safe_xml import XmlRefused, parse
from engine.facts.sentences import Sentence
from engine.vocabulary.table import Choosable


def read(
    xml: bytes,
    *,
    checks: ModelChecks | None = None,
    connectors: Mapping[str, Choosable] | None = None,
    functions: Iterable[str] = (),
    schema: bool = False,
    is_deployed: bool = False,
) -> Reading:
    """All problems of the file, and its model when none of them is an error.

    `checks` tells which forms, decisions, processes and roles exist, `connectors` which there are, by name; `functions` are the
    names of the host's FEEL functions; `schema` adds what BPMN's own XML schema has to say. What `is_deployed` was accepted once:
    names of our own and functions that are unknown today do not stop its instances.
    """
    try:
        root = parse(xml)
    except XmlRefused as refused:
        return Reading(None, refused.problems)
    if root.tag != f"{BPMN}definitions":
        sentence = Sentence("The root element is {tag}, not the definitions element of BPMN 2.0.", tag=root.tag)
        return Reading(
            None, (Problem("no-bpmn", sentence, line=root.sourceline or 0, fix=Sentence("Save the model as BPMN 2.0.")),)
        )
    file = ModelFile(root, checks, connectors, functions, is_deployed=is_deployed)
    processes = _processes(file, root)
    if not is_deployed:
        check_own_names(file, to_read(root))
        check_texts(file)
        check_elsewhere(file)
    problems = [*(schema_problems(root) if schema else ()), *_weighed(file.problems, processes)]
    problems.sort(key=lambda problem: (problem.is_warning, problem.line))
    has_errors = any(not problem.is_warning for problem in problems)
    return Reading(None if has_errors else Model(processes), tuple(dict.fromkeys(problems)))


def read_embedded_forms(xml: bytes) -> dict[str, bytes]:
    """Forms written inside of a BPMN file, form-js JSON by key; none when the file cannot be read."""
    if not may_have_forms(xml):
        return {}
    try:
        return dict(embedded_forms(parse(xml)))
    except XmlRefused:
        return {}


def _weighed(problems: list[Problem], processes: dict[str, Process]) -> list[Problem]:
    """Whatever a drawing leaves open is worth a warning and no more: nothing of it is deployed."""
    if not processes or any(process.is_executable for process in processes.values()):
        return problems
    return [replace(problem, is_warning=True) for problem in problems]


def _processes(file: ModelFile, root: Any) -> dict[str, Process]:
    found = (read_process(file, each) for each in to_read(root))
    processes = {process.id: process for process in found if process is not None}
    if not processes:
        file.problem("no-process", root, Sentence("The file has no process with any content."), Sentence("Draw a process."))
    return processes
