"""The files of a deployment, read: models, decisions and forms, with every problem in all of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import orjson

from engine import bpmn, dmn
from engine.connectors import Connector
from engine.definitions.dmn_files import read_together
from engine.definitions.functions import FUNCTIONS
from engine.dmn.analysis import analyse_model
from engine.facts import safe_xml
from engine.facts.errors import Problem
from engine.facts.phrasebook import JSON
from engine.facts.sentences import Sentence
from engine.facts.widths import NAME

FORM_SUFFIX = ".form.json"
BPMN_SUFFIXES = (".bpmn", ".bpmn20.xml")
DMN_SUFFIX = ".dmn"

#: Asked about each form that could be read, as its file has it and as JSON: everything that is wrong with it.
CheckForm = Callable[[bytes, Mapping[str, Any]], Iterable[Problem]]

#: Bytes of a form, and files of one deployment.
MAX_FORM = 1_000_000
MAX_FILES = 1_000


@dataclass(frozen=True)
class File:
    """One file to deploy. `name` is its path below `processes` or `forms`; a form's key is its name without `.form.json`."""

    name: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Only what could be read: models and decisions by file name, forms by key, and each form file's key."""

    models: Mapping[str, bpmn.Model]
    decisions: Mapping[str, dmn.Model]
    forms: Mapping[str, Mapping[str, Any]]
    form_keys: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_warning)


@dataclass(frozen=True, slots=True)
class Names:
    """What the files define themselves, by which other files of the deployment may refer to them."""

    processes: frozenset[str]
    decisions: frozenset[str]
    forms: frozenset[str]


def with_embedded_forms(files: Sequence[File]) -> Sequence[File]:
    """The files, and a form file for each form that is written inside of a model; a file of that name goes before it."""
    found = {
        f"{key}{FORM_SUFFIX}": content
        for file in files
        if file.name.endswith(BPMN_SUFFIXES)
        for key, content in bpmn.read_embedded_forms(file.content).items()
    }
    keys = {form_key(file.name) for file in files}
    return [*files, *(File(name, content) for name, content in found.items() if form_key(name) not in keys)]


def form_key(name: str) -> str:
    return name.removesuffix(FORM_SUFFIX).removeprefix("forms/")


def read_files(
    files: Sequence[File],
    checks_for: Callable[[Names], bpmn.ModelChecks | None],
    connectors: Mapping[str, Connector] | None = None,
    check_form: CheckForm | None = None,
) -> ReadFiles:
    """Reads everything before it judges anything, so that all problems come at once.

    `checks_for` gets what the files define and gives what the models are checked against; `connectors` are those that run here.
    """
    forms, problems = _forms(files, check_form)
    problems += _general(files)
    readings = read_together({file.name: file.content for file in files if file.name.endswith(DMN_SUFFIX)})
    problems += [replace(problem, file=name) for name, reading in readings.items() for problem in reading.problems]
    decisions = {name: reading.model for name, reading in readings.items() if reading.model is not None}
    problems += [
        replace(finding.as_problem(), file=name) for name, model in decisions.items() for finding in analyse_model(model)
    ]
    bpmn_files = [file for file in files if file.name.endswith(BPMN_SUFFIXES)]
    names = Names(_processes(bpmn_files), _decisions(decisions), frozenset(forms))
    models, found = _models(bpmn_files, checks_for(names), connectors)
    problems += found + list(_duplicates(models, decisions)) + list(_too_long(files, decisions))
    form_keys = {file.name: form_key(file.name) for file in files if form_key(file.name) in forms}
    return ReadFiles(models, decisions, forms, form_keys, tuple(problems))


def _general(files: Sequence[File]) -> list[Problem]:
    problems = []
    if not files:
        problems.append(
            Problem("no-file", Sentence("There is no file to deploy."), fix=Sentence("Choose .bpmn, .dmn or .form.json files."))
        )
    if len(files) > MAX_FILES:
        problems.append(
            Problem(
                "file-count",
                Sentence("There are {count:,} files; at most {limit:,} are deployed at once.", count=len(files), limit=MAX_FILES),
            )
        )
    suffixes = (*BPMN_SUFFIXES, DMN_SUFFIX, FORM_SUFFIX)
    for file in files:
        if not file.name.endswith(suffixes):
            sentence = Sentence("{name} is neither a process, a decision nor a form.", name=file.name)
            problems.append(
                Problem("file-kind", sentence, file=file.name, fix=Sentence("Name it {suffixes}.", suffixes=", ".join(suffixes)))
            )
    return problems


def _models(
    files: Sequence[File], checks: bpmn.ModelChecks | None, connectors: Mapping[str, Connector] | None
) -> tuple[dict[str, bpmn.Model], list[Problem]]:
    models, problems = {}, []
    for file in files:
        reading = bpmn.read(file.content, checks=checks, connectors=connectors, functions=FUNCTIONS)
        problems += [replace(problem, file=file.name) for problem in reading.problems]
        if reading.model is not None:
            models[file.name] = reading.model
    return models, problems


def _processes(files: Sequence[File]) -> frozenset[str]:
    """Only their ids, before anything else: a process may call one of another file."""
    return frozenset(id for file in files for id in _process_ids(file))


def _process_ids(file: File) -> Iterator[str]:
    try:
        root = safe_xml.parse(file.content)
    except safe_xml.XmlRefused:
        return
    for process in root.iter("{*}process"):
        yield process.get("id", "")


def _decisions(models: Mapping[str, dmn.Model]) -> frozenset[str]:
    return frozenset(decision.id for model in models.values() for decision in model.decisions)


def _duplicates(models: Mapping[str, bpmn.Model], decisions: Mapping[str, dmn.Model]) -> Iterator[Problem]:
    processes = Counter(key for model in models.values() for key in model.processes)
    asked = Counter(decision.id for model in decisions.values() for decision in model.decisions)
    for kind, counts in ((Sentence("process"), processes), (Sentence("decision"), asked)):
        for key, count in counts.items():
            if count > 1:
                yield Problem(
                    "duplicate-key",
                    Sentence("{count} files define the {kind} '{key}'.", count=count, kind=kind, key=key),
                    where=key,
                    fix=Sentence("Deploy only one of them."),
                )


def _forms(files: Sequence[File], check: CheckForm | None) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    forms, problems = {}, []
    for file in files:
        if file.name.endswith(FORM_SUFFIX):
            form = _form(file)
            if isinstance(form, Problem):
                problems.append(form)
            else:
                forms[form_key(file.name)] = form
                problems += [replace(problem, file=file.name) for problem in (check(file.content, form) if check else ())]
    return forms, problems


def _too_long(files: Sequence[File], decisions: Mapping[str, dmn.Model]) -> Iterator[Problem]:
    """Keys of forms and decisions; those of processes are told by who reads them."""
    for file in files:
        if file.name.endswith(FORM_SUFFIX) and len(form_key(file.name)) > NAME:
            yield _name_size(Sentence("The key of the form"), form_key(file.name), file.name)
    for name, model in decisions.items():
        for decision in model.decisions:
            if len(decision.id) > NAME:
                yield replace(_name_size(Sentence("The id"), decision.id, name), line=decision.place.line)


def _name_size(what: Sentence, text: str, file: str) -> Problem:
    sentence = Sentence(
        "{what} “{text}…” has {count:,} characters; at most {limit:,} are kept.",
        what=what,
        text=text[:40],
        count=len(text),
        limit=NAME,
    )
    return Problem("name-size", sentence, where=text[:NAME], fix=Sentence("Choose a shorter one."), file=file)


def _form(file: File) -> Mapping[str, Any] | Problem:
    if len(file.content) > MAX_FORM:
        return Problem(
            "form-size",
            Sentence("The form has {count:,} bytes; at most {limit:,} are read.", count=len(file.content), limit=MAX_FORM),
            file=file.name,
        )
    try:
        form = orjson.loads(file.content)
    except orjson.JSONDecodeError as fault:
        return Problem(
            "form-json", Sentence("The form is not JSON: {why}.", why=JSON.said(fault.msg)), line=fault.lineno, file=file.name
        )
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        return Problem(
            "form-schema",
            Sentence("The form has no list of components."),
            file=file.name,
            fix=Sentence("Save it with the form editor."),
        )
    return form
