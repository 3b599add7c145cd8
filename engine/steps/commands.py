"""What is asked of a process instance, as data: it is carried out now, logged, and can be carried out again from the log.

The values that came along stand once in the log: in the event VariablesChanged, which every command with values begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol

from engine.bpmn import Execution, Host, Model, MoveTarget, Trigger, start
from engine.facts.events import Event

#: The field of a command that is logged with the events.
VALUES = "variables"

#: Under which name the answers of the host are logged: decisions, scripts, versions of called processes.
ANSWERS = "answers"


class Command(Protocol):
    """`verb` names it in the history; `token` is the element instance it is about, 0 for the process instance itself."""

    @property
    def verb(self) -> str: ...

    @property
    def token(self) -> int: ...

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        """Raises StepFailed, MoveRefused."""


@dataclass(frozen=True, slots=True)
class Start:
    """What every history begins with. `initial` are the variables, which stand in no event; `initiator` is for whom it runs."""

    verb: ClassVar = "start"
    token: ClassVar = 0
    initial: Mapping[str, Any]
    initiator: str
    department: str | None = None
    business_key: str | None = None
    trigger: Trigger | None = None

    def begin(self, model: Model, process_id: str, definition_id: str, now: datetime, host: Host) -> Execution:
        """Raises StepFailed."""
        return start(model, process_id, definition_id, self.initial, now=now, host=host, trigger=self.trigger)

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        """Nothing is left to do to an execution that has begun."""
        return execution.started


@dataclass(frozen=True, slots=True)
class Complete:
    """A person has done a user task."""

    verb: ClassVar = "complete"
    token: int
    variables: Mapping[str, Any] = field(default_factory=dict)

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.complete(self.token, self.variables, now)


@dataclass(frozen=True, slots=True)
class FinishJob:
    """A worker has done a job."""

    verb: ClassVar = "complete job"
    token: int
    variables: Mapping[str, Any] = field(default_factory=dict)

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.finish_job(self.token, self.variables, now)


@dataclass(frozen=True, slots=True)
class RaiseError:
    """A worker reports a BPMN error."""

    verb: ClassVar = "raise error"
    token: int
    code: str
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.raise_error(self.token, self.code, self.message, self.variables, now)


@dataclass(frozen=True, slots=True)
class Fire:
    """A timer is due."""

    verb: ClassVar = "fire"
    token: int
    subscription: int

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.fire(self.subscription, now)


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message or a signal has come."""

    token: int
    subscription: int
    kind: Literal["message", "signal"]
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verb(self) -> str:
        return f"deliver {self.kind}"

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.deliver(self.subscription, self.variables, now)


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Somebody repairs variables of the process."""

    verb: ClassVar = "change"
    token: ClassVar = 0
    variables: Mapping[str, Any] = field(default_factory=dict)

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.set_variables(self.variables, now)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Somebody ends the process instance where it is."""

    verb: ClassVar = "cancel"
    token: ClassVar = 0

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.cancel(now)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody takes tokens away, by number or element, and lets others begin."""

    verb: ClassVar = "move"
    token: ClassVar = 0
    cancel: Sequence[int | str]
    start: Sequence[MoveTarget]

    def act(self, execution: Execution, now: datetime) -> Sequence[Event]:
        return execution.move(self.cancel, self.start, now)


def as_json(command: Command, answers: Sequence[Any]) -> dict[str, Any]:
    """Its fields without the values, which stand in the events; and what it was answered on its way."""
    written = {name: _plain(getattr(command, name)) for name in _NAMES[type(command)] if name != VALUES}
    if answers:
        written[ANSWERS] = answers
    return written


def command_of(verb: str, written: Mapping[str, Any], values: Mapping[str, Any]) -> Command:
    """The command that `as_json` has written, with the values of its VariablesChanged. KeyError for a verb that is no command."""
    kind = KINDS[verb]
    given: dict[str, Any] = {name: written[name] for name in _NAMES[kind] if name != VALUES}
    if VALUES in _NAMES[kind]:
        given[VALUES] = values
    if kind is Move:
        given["start"] = [MoveTarget(**each) for each in given["start"]]
    if kind is Start and given["trigger"]:
        given["trigger"] = Trigger(**given["trigger"])
    made: Command = kind(**given)
    return made


def _plain(value: Any) -> Any:
    """Targets and triggers as JSON; everything else is JSON already."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return asdict(value) if isinstance(value, MoveTarget | Trigger) else value


#: By the verb of the history.
KINDS: Mapping[str, Any] = {
    **{each.verb: each for each in (Start, Complete, FinishJob, RaiseError, Fire, SetVariables, Cancel, Move)},
    **{f"deliver {kind}": Deliver for kind in ("message", "signal")},
}
_NAMES: Mapping[Any, tuple[str, ...]] = {kind: tuple(each.name for each in fields(kind)) for kind in KINDS.values()}
