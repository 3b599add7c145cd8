"""What a running process asks of its surroundings, answered from the database of its unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from engine.bpmn import Model
from engine.definitions import decisions
from engine.definitions.functions import FUNCTIONS
from engine.definitions.models import model_of
from engine.facts.errors import NotFound, VariablesRefused
from engine.facts.ids import uuid_of
from engine.facts.sentences import Sentence
from engine.facts.values import checked_variables
from engine.scripts import ScriptFailed, ScriptResult
from engine.scripts.runners import RUNNERS
from engine.store import process_definitions
from engine.store.process_definitions import ProcessDefinition
from engine.store.unit_of_work import UnitOfWork

#: Computing time of all scripts of one step, in seconds: a loop of scripts may not hold up everybody else.
SCRIPT_SECONDS = 5.0


class StoredModels:
    """What every host answers alike: the models of the database, the company's zone and its functions."""

    functions: Mapping[str, Any] = FUNCTIONS

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    @property
    def zone(self) -> tzinfo:
        return self._work.zone

    def get_model(self, definition_id: str) -> Model:
        return model_of(self._work, uuid_of(definition_id))


class StoredHost(StoredModels):
    """Lives as long as one step. `definition_id` is that of the process instance: `deployment` bindings mean its deployment."""

    def __init__(self, work: UnitOfWork, definition_id: UUID) -> None:
        super().__init__(work)
        self._definition_id = definition_id
        self._script_seconds = 0.0
        #: What could be another answer tomorrow, in order: {"called"}, {"decided"} or {"value", "variables"}.
        self.answers: list[dict[str, Any]] = []

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        definition = self._definition(key, binding, version)
        if definition is None:
            raise NotFound(kind=Sentence("process definition"), id=key)
        self.answers.append({"called": str(definition.id)})
        return str(definition.id), model_of(self._work, definition.id)

    def decide(
        self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any], now: datetime
    ) -> tuple[Any, Any]:
        deployment_id = self._deployment_id() if binding == "deployment" else None
        definition = decisions.definition(self._work, decision, version=version, deployment_id=deployment_id)
        decided = decisions.decide(self._work, definition, variables, now)
        self.answers.append({"decided": decided.value})
        return decided.value, decided.trace

    def run_script(
        self, language: str, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool
    ) -> ScriptResult:
        result = RUNNERS[language].run(source, variables, now, wants_value=wants_value)
        self._script_seconds += result.seconds
        if self._script_seconds > SCRIPT_SECONDS:
            raise ScriptFailed(
                Sentence(
                    "the scripts of this step need more than {seconds:g} s of computing together",
                    seconds=SCRIPT_SECONDS,
                )
            )
        try:
            checked_variables(result.variables)
            checked_variables({"result": result.value})
        except VariablesRefused as refused:
            raise ScriptFailed(
                Sentence("what the script has set cannot be kept: {why}", why=refused.problems[0].sentence)
            ) from refused
        self.answers.append({"value": result.value, "variables": result.variables})
        return result

    def _definition(self, key: str, binding: str, version: int | None) -> ProcessDefinition | None:
        if version is not None:
            return process_definitions.find_version(self._work, key, version)
        if binding == "deployment":
            return process_definitions.find_as_of(self._work, key, self._deployment_id())
        return process_definitions.find_latest(self._work, key)

    def _deployment_id(self) -> UUID:
        definition = process_definitions.find(self._work, self._definition_id)
        if definition is None:
            raise NotFound(kind=Sentence("process definition"), id=self._definition_id)
        return definition.deployment_id
