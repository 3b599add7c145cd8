"""Bringing in processes, decisions and forms: all files of a deployment, or none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import access
from engine.bpmn import Model, Process
from engine.connectors import Connector
from engine.definitions.deployment_files import CheckForm, File, Names, ReadFiles, read_files, with_embedded_forms
from engine.definitions.form_versions import DeployedForms, bound_versions, shows_the_same, unknown_versions
from engine.definitions.models import remember
from engine.definitions.start_events import StartTimers, replace_start_events, start_timers
from engine.facts.errors import ModelRefused, Problem
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import decision_definitions, deployments, form_definitions, process_definitions
from engine.store import deployed as deployed_rows
from engine.store.decision_definitions import DecisionDefinition
from engine.store.deployments import Resource
from engine.store.form_definitions import FormDefinition
from engine.store.process_definitions import ProcessDefinition, ProcessFacts
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Deployment", "File", "check", "deploy"]


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is there now of the files: new versions, or the ones that were the same already."""

    id: UUID
    name: str
    deployed_at: datetime
    definitions: tuple[ProcessDefinition, ...]
    decisions: tuple[DecisionDefinition, ...]
    forms: tuple[FormDefinition, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What models may refer to: what the files define themselves, what is deployed, whom the directory knows."""

    work: UnitOfWork
    own: Names
    secrets: Collection[str] | None

    def knows_form(self, key: str) -> bool:
        return key in self.own.forms or form_definitions.find_latest(self.work, key) is not None

    def knows_decision(self, key: str) -> bool:
        return key in self.own.decisions or decision_definitions.find_latest(self.work, key) is not None

    def knows_process(self, key: str) -> bool:
        return key in self.own.processes or process_definitions.find_latest(self.work, key) is not None

    def knows_role(self, id: str) -> bool:
        return self.work.directory.find_role(id) is not None

    def knows_department(self, id: str) -> bool:
        return self.work.directory.find_department(id) is not None

    def knows_person(self, id: str) -> bool:
        return self.work.directory.find_person(id) is not None

    def knows_secret(self, name: str) -> bool:
        return self.secrets is None or name in self.secrets

    def names(self, kind: str) -> set[str]:
        """Those that an unknown name may have meant; the roles, departments and people of a company are not listed."""
        if kind == "form":
            return {*self.own.forms, *form_definitions.keys(self.work)}
        if kind == "decision":
            return {*self.own.decisions, *(each.key for each in decision_definitions.latest(self.work))}
        if kind == "process":
            return {*self.own.processes, *(each.key for each in process_definitions.latest(self.work))}
        if kind == "secret":
            return set(self.secrets or ())
        return set()


def check(
    files: Sequence[File],
    work: UnitOfWork | None = None,
    *,
    connectors: Mapping[str, Connector] | None = None,
    check_form: CheckForm | None = None,
    secrets: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Every problem of the files. Without `work`, references to what is not among them are not looked at.

    `connectors` are those that run here, by name; without them no model is asked which it names and what it hands to them.
    `check_form` is asked about each form; `secrets` are the names of those there are.

    Refuses: NotAllowed, for with `work` the answers tell what is deployed.
    """
    if work is not None:
        access.right(work, "design", to=Sentence("check files"))
    files = with_embedded_forms(files)
    read = read_files(files, lambda names: None if work is None else Known(work, names, secrets), connectors, check_form)
    return read.problems if work is None else (*read.problems, *start_timers(work, _executable(read)).problems)


def deploy(
    work: UnitOfWork,
    files: Sequence[File],
    *,
    name: str,
    connectors: Mapping[str, Connector] | None = None,
    check_form: CheckForm | None = None,
    secrets: Collection[str] | None = None,
) -> Deployment:
    """New versions of everything that has changed; they are the ones that start from now on. What is asked is as for `check`.

    Refuses: NotAllowed, ModelRefused with every problem of every file.
    """
    access.right(work, "design", to=Sentence("deploy files"))
    files = with_embedded_forms(files)
    read = read_files(files, lambda names: Known(work, names, secrets), connectors, check_form)
    unknown = [problem for name, model in read.models.items() for problem in _unknown_versions(work, name, model)]
    first = start_timers(work, _executable(read))
    count = len(read.errors) + len(unknown) + len(first.errors)
    if count:
        raise ModelRefused(count=count, problems=(*read.problems, *unknown, *first.problems))
    deployments.begin(work)
    return _Deploying(work, files, read, name, first).deployment()


def _unknown_versions(work: UnitOfWork, file: str, model: Model) -> Iterator[Problem]:
    for process in model.processes.values():
        yield from unknown_versions(work, process, file)


def _executable(read: ReadFiles) -> Iterator[tuple[str, Process]]:
    for name, model in read.models.items():
        for process in model.processes.values():
            if process.is_executable:
                yield name, process


class _Deploying:
    """One deployment while it is written: what all of its rows share."""

    def __init__(self, work: UnitOfWork, files: Sequence[File], read: ReadFiles, name: str, first: StartTimers) -> None:
        self._work = work
        self._read = read
        self._name = name
        self._first = first
        self._now = work.now
        self._id = new_id(work.now)
        self._files = {file.name: file for file in files}
        self._resources: dict[str, UUID] = {}

    def deployment(self) -> Deployment:
        deployments.add(self._work, self._id, name=self._name, at=self._now)
        forms = {key: self._form(key, self._files[name]) for name, key in self._read.form_keys.items()}
        decisions = tuple(
            self._decision(decision.id, decision.name, self._files[name])
            for name, model in self._read.decisions.items()
            for decision in model.decisions
        )
        deployed = DeployedForms(self._id, forms)
        definitions = tuple(
            self._definition(model, process, self._files[name], deployed)
            for name, model in self._read.models.items()
            for process in model.processes.values()
            if process.is_executable
        )
        deployed_rows.seal(self._work, self._id)
        warnings = (*(each for each in self._read.problems if each.is_warning), *self._first.problems)
        return Deployment(self._id, self._name, self._now, definitions, decisions, tuple(forms.values()), warnings)

    def _form(self, key: str, file: File) -> FormDefinition:
        before = form_definitions.find_latest(self._work, key)
        if before is not None and before.sha256 == file.sha256:
            return before
        form = FormDefinition(**self._next(key, before), schema=self._read.forms[key], sha256=file.sha256)
        form_definitions.add(self._work, form)
        return form

    def _decision(self, key: str, name: str, file: File) -> DecisionDefinition:
        before = decision_definitions.find_latest(self._work, key)
        if before is not None and self._is_of(before.resource_id, file):
            return before
        decision = DecisionDefinition(**self._next(key, before), name=name, resource_id=self._resource(file))
        decision_definitions.add(self._work, decision)
        return decision

    def _definition(self, model: Model, process: Process, file: File, deployed: DeployedForms) -> ProcessDefinition:
        before = process_definitions.find_latest(self._work, process.id)
        versions = bound_versions(self._work, process, deployed)
        is_same = before is not None and self._is_of(before.resource_id, file)
        if before is not None and is_same and shows_the_same(before, process, versions, deployed):
            return before
        definition = ProcessDefinition(
            **self._next(process.id, before),
            name=process.name or process.id,
            name_en=process.name_en,
            area=process.area,
            facts=_facts(process, versions),
            resource_id=self._resource(file),
        )
        process_definitions.add(self._work, definition)
        replace_start_events(self._work, definition, process, self._first)
        remember(definition.id, model)
        return definition

    def _next(self, key: str, before: FormDefinition | DecisionDefinition | ProcessDefinition | None) -> dict[str, Any]:
        """What definitions of every kind have: the next version of the key, of this deployment."""
        return {
            "id": new_id(self._now),
            "key": key,
            "version": before.version + 1 if before else 1,
            "is_latest": True,
            "deployment_id": self._id,
            "deployed_at": self._now,
        }

    def _is_of(self, resource_id: UUID, file: File) -> bool:
        """Whether a definition came in a file of the same content."""
        return deployments.sha256(self._work, resource_id) == file.sha256

    def _resource(self, file: File) -> UUID:
        """The row of the file, written once however many definitions come in it."""
        if file.name not in self._resources:
            id = new_id(self._now)
            deployments.add_resource(self._work, Resource(id, self._id, file.name, file.sha256, file.content))
            self._resources[file.name] = id
        return self._resources[file.name]


def _facts(process: Process, form_versions: Mapping[str, int]) -> ProcessFacts:
    return ProcessFacts(
        documentation=process.documentation,
        documentation_en=process.documentation_en,
        starters=[
            f"role:{starter.role}@{starter.department}" if starter.department else f"role:{starter.role}"
            for starter in process.starters
        ],
        administrators=process.administrators,
        start_form=process.start_form,
        form_versions=dict(form_versions),
        starts_by_hand=any(start.kind == "none" for start in process.start_triggers),
        starts_by_condition=any(start.kind == "conditional" for start in process.start_triggers),
    )
