"""The surroundings of a process instance that is done again: they answer what was answered then."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.bpmn import Model
from engine.facts.sentences import Sentence, Spoken
from engine.scripts import ScriptResult
from engine.steps.host import StoredModels
from engine.store.unit_of_work import UnitOfWork


class GoesAnotherWay(Spoken):
    """The repetition asks for something that the log does not answer, or leads elsewhere than the log says."""


class AnsweringHost(StoredModels):
    """Answers what was answered then. `answers` are those not asked for yet."""

    def __init__(self, work: UnitOfWork, answers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(work)
        self.answers = deque(answers)

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        id = str(self._next("called")["called"])
        return id, self.get_model(id)

    def decide(
        self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any], now: datetime
    ) -> tuple[Any, Any]:
        return self._next("decided")["decided"], None

    def run_script(
        self, language: str, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool
    ) -> ScriptResult:
        answer = self._next("value")
        return ScriptResult(answer["value"], answer["variables"])

    def _next(self, kind: str) -> Mapping[str, Any]:
        if not self.answers or kind not in self.answers[0]:
            raise GoesAnotherWay(Sentence("Something is asked of its surroundings that was not asked then."))
        return self.answers.popleft()
