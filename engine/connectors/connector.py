"""The promise of a connector, and how it fails."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from engine.facts.declarations import Entry, Said
from engine.facts.sentences import Sentence, Spoken


@dataclass(frozen=True, slots=True)
class Job:
    """Which work is being done: `id` stays when it is tried again. It has to be over in `seconds`, then others may take it."""

    id: str
    process_instance_id: str
    element: str
    attempt: int = 1
    seconds: float = 60.0


class ConnectorFailed(Spoken):
    """The work could not be done. `is_retryable` False makes an incident at once; `retry_in` asks for a pause in seconds."""

    def __init__(self, sentence: Sentence, *, is_retryable: bool = True, retry_in: float | None = None) -> None:
        super().__init__(sentence)
        self.is_retryable = is_retryable
        self.retry_in = retry_in


class ModelError(Exception):
    """A BPMN error for the model to catch by its boundary events."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Connector(Protocol):
    """`call` acts and returns JSON values, which the element's outputs read; it raises ConnectorFailed or ModelError.

    A deployment refuses a model that hands over an input that is not among the `parameters`, or lacks one that is required.
    """

    @property
    def name(self) -> str: ...

    @property
    def help(self) -> Said: ...

    @property
    def parameters(self) -> Sequence[Entry]: ...

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]: ...


#: Of https and http; 0 is what has no port.
USUAL_PORTS = (443, 80, 0)


@dataclass(frozen=True, order=True, slots=True)
class Host:
    """Who receives: a name in small letters or an address, and the port; 0 for what has none."""

    name: str
    port: int = 0

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{name}:{self.port}" if self.port else self.name

    def is_among(self, allowed: Collection[str]) -> bool:
        """An entry without a port means those of https and http alone: behind another one may be another service, of somebody
        else."""
        return str(self) in allowed or (self.port in USUAL_PORTS and self.name in allowed)


@runtime_checkable
class SendsSecrets(Protocol):
    """What a connector has besides that takes secrets in one of its inputs."""

    def receivers(self, inputs: Mapping[str, Any]) -> Collection[Host]:
        """The hosts that get to see the inputs. Raises ConnectorFailed."""
