"""Which version of its form each element shows, decided when its process is deployed.

An element shows the version that came in the same deployment as its process, unless its binding says otherwise; a form that did
not come along is shown in its newest version. So instances that run keep the forms they were modelled with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine.bpmn import ElementFacts, Process
from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from engine.store import form_definitions
from engine.store.form_definitions import FormDefinition
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DeployedForms:
    """The forms of a deployment by key, those that have not changed included."""

    deployment_id: UUID
    forms: Mapping[str, FormDefinition]

    def version_before(self, key: str) -> int:
        """The newest until this deployment; 0 when there was none."""
        form = self.forms[key]
        return form.version - 1 if form.deployment_id == self.deployment_id else form.version


def bound_versions(work: UnitOfWork, process: Process, deployed: DeployedForms) -> dict[str, int]:
    """By element id; an element that is not among them shows the newest."""
    found = {each.id: _version(work, each, deployed.forms) for each in process.elements.values() if each.form}
    return {element: version for element, version in found.items() if version is not None}


def shows_the_same(before: ProcessDefinition, process: Process, versions: Mapping[str, int], deployed: DeployedForms) -> bool:
    """Whether an earlier version of the process, made of the same file, shows these versions already."""

    def shown(element: str, version: int) -> int:
        key = process.elements[element].form
        otherwise = deployed.version_before(key) if key in deployed.forms else version
        return before.facts.form_versions.get(element, otherwise)

    return all(shown(element, version) == version for element, version in versions.items())


def unknown_versions(work: UnitOfWork, process: Process, file: str) -> Iterator[Problem]:
    """Elements bound to a version of a form that does not exist."""
    for each in process.elements.values():
        if each.form_binding == "version" and form_definitions.find_version(work, each.form, each.form_version or 0) is None:
            sentence = Sentence("There is no version {version} of the form '{form}'.", version=each.form_version, form=each.form)
            fix = Sentence("Name a version that was deployed before, or leave the binding out.")
            yield Problem("form-version", sentence, where=each.id, file=file, fix=fix)


def _version(work: UnitOfWork, element: ElementFacts, deployed: Mapping[str, FormDefinition]) -> int | None:
    if element.form_binding == "version":
        return element.form_version
    if element.form_binding == "latest":
        return None
    form = deployed.get(element.form)
    if form is None and element.form_binding == "deployment":
        form = form_definitions.find_latest(work, element.form)
    return None if form is None else form.version
