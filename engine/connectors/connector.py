"""The promise of a connector, and how it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.facts.errors import Problem


@dataclass(frozen=True, slots=True)
class Job:
    """Which work is being done: `id` stays the same when it is tried again."""

    id: str
    process_instance_id: str
    element: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """One input, declared so that a deployment and the designer can check it."""

    name: str
    help: str
    is_required: bool = False
    is_secret: bool = False


class ConnectorFailed(Exception):
    """The work could not be done. `is_retryable` False makes an incident at once; `retry_in` asks for a pause in seconds."""

    def __init__(self, sentence: str, *, is_retryable: bool = True, retry_in: float | None = None) -> None:
        super().__init__(sentence)
        self.is_retryable = is_retryable
        self.retry_in = retry_in


class ModelError(Exception):
    """A BPMN error for the model to catch by its boundary events."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Connector(Protocol):
    """`call` acts and returns JSON values, which the element's outputs read; it raises ConnectorFailed or ModelError."""

    @property
    def name(self) -> str: ...

    @property
    def parameters(self) -> Sequence[Parameter]: ...

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]: ...


def problems_of(connector: Connector, names: set[str]) -> tuple[Problem, ...]:
    """What is wrong with the names of the inputs that a model hands to the connector."""
    known = {parameter.name for parameter in connector.parameters}
    missing = [p.name for p in connector.parameters if p.is_required and p.name not in names]
    return (
        *(
            Problem("connector-input-missing", f"The connector {connector.name} needs the input {name}.", name)
            for name in missing
        ),
        *(
            Problem(
                "connector-input-unknown",
                f"The connector {connector.name} has no input {name}; it knows {', '.join(sorted(known))}.",
                name,
            )
            for name in sorted(names - known)
        ),
    )
