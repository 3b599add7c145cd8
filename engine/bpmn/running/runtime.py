"""What all tokens and scopes of a process instance share: numbers, the queue of steps, what has happened, what is waited for.

Elements know it by the services they ask for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from engine.bpmn.contract import FlowNode, Scope, Token
from engine.bpmn.errors import LimitPassed
from engine.bpmn.expressions import Environment
from engine.bpmn.host import Host
from engine.bpmn.limits import MAX_STEPS, MAX_TOKENS, STEPS_BETWEEN_LOOKS
from engine.bpmn.running.firing import publish
from engine.bpmn.running.subscriptions import SubscriptionRegistry
from engine.facts.computing import TimeBudget, budget_of_thread
from engine.facts.events import Event
from engine.facts.sentences import Sentence
from engine.scripts import ScriptResult


class Subject(Protocol):
    """What a step is about: a token, a scope or a subscription. `origin` is what a failure is told of."""

    @property
    def origin(self) -> tuple[int, str, str]: ...


#: A step: what to do, and the token or scope it is done to. One whose subject is gone meanwhile is left out.
QueuedStep = tuple[Callable[[Any], Any], Any]


class Runtime:
    """`environment.now` is the moment of the running call."""

    def __init__(self, definition: str, host: Host, now: datetime) -> None:
        self.host = host
        self.environment = Environment(host.functions, now, host.zone)
        self.serial = 0
        self.live: dict[int, Token] = {}
        #: The open scopes inside, by the number of the token that opened each.
        self.inner_scopes: dict[int, Scope] = {}
        self.subscriptions = SubscriptionRegistry(self.environment, self.announce)
        self.waiting_joins: dict[tuple[int, str], tuple[Scope, FlowNode]] = {}
        self.queue: deque[QueuedStep] = deque()
        self.steps = 0
        #: The budget of time of the running call, known since the first look at it.
        self.time: TimeBudget | None = None
        self.current: Subject
        self.events: list[Event] = []
        #: The origin of the element that completed latest.
        self.last_completed: tuple[int, str, str] = (0, "", definition)

    def begin_call(self, now: datetime, subject: Subject) -> None:
        """`subject` is what the call is about: a failure before the first step is told of it."""
        self.environment.now = now
        self.steps = 0
        self.time = None
        self.current = subject

    def announce(self, event: Event) -> None:
        self.events.append(event)

    def take_events(self) -> list[Event]:
        """What has happened since the last call, once."""
        events, self.events = self.events, []
        return events

    def next_number(self) -> int:
        """Of a new token. Raises LimitPassed."""
        if len(self.live) >= MAX_TOKENS:
            raise LimitPassed(
                "MAX_TOKENS", MAX_TOKENS, Sentence("Too many elements of the process instance are active at the same time")
            )
        self.serial += 1
        return self.serial

    def count_step(self) -> None:
        self.steps += 1
        if not self.steps % STEPS_BETWEEN_LOOKS:
            self.look_at_clock()
        if self.steps > MAX_STEPS:
            raise LimitPassed(
                "MAX_STEPS", MAX_STEPS, Sentence("The process instance does not come to rest, it seems to run in a circle")
            )

    def look_at_clock(self) -> None:
        """Raises ComputesTooLong when the step has used up its budget of time."""
        if self.time is None:
            self.time = budget_of_thread()
        self.time.check()

    # ------------------------------------------------------------------ asked by elements
    def decide(self, decision: str, binding: str, version: int | None, variables: Mapping[str, Any]) -> tuple[Any, Any]:
        return self.host.decide(decision, binding, version, variables, self.environment.clock())

    def run_script(self, language: str, source: str, variables: Mapping[str, Any], *, wants_value: bool) -> ScriptResult:
        return self.host.run_script(language, source, variables, self.environment.now, wants_value=wants_value)

    def publish(self, kind: str, name: str, key: str | None, values: Mapping[str, Any]) -> bool:
        return publish(self.subscriptions, kind, name, key, values)
