"""What an execution asks of its surroundings, and what may start one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Literal, Protocol

from engine.bpmn.model import Model
from engine.scripts import ScriptResult


class Host(Protocol):
    """Given to `start` and `restore`; called only inside a step, so whatever it raises becomes a StepFailed."""

    @property
    def functions(self) -> Mapping[str, Any]:
        """engine.feel functions visible to every expression, by the name they are called by: `add working days`."""

    @property
    def zone(self) -> tzinfo:
        """The company's time zone: that of timers and due dates which name none."""

    def find_process(self, key: str, binding: str, version: int | None) -> tuple[str, Model]:
        """The definition id and model of the process a call activity names; raises when there is none.

        `binding` says how the version of a process or decision is chosen: latest, deployment, or version, which is then given.
        """

    def get_model(self, definition_id: str) -> Model:
        """The model of a definition that a saved instance refers to."""

    def decide(
        self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any], now: datetime
    ) -> tuple[Any, Any]:
        """The result of a decision as JSON, and its trace."""

    def run_script(
        self, language: str, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool
    ) -> ScriptResult:
        """Runs a script task that is not FEEL; `wants_value`: the value of its last expression is asked for."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a process that does not start by itself: a message or signal by its name, or one start event by its id."""

    kind: Literal["message", "signal", "timer", "conditional", "none"]
    name: str | None = None
    element: str | None = None
