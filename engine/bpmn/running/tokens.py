"""Tokens in memory: SpiffWorkflow's tasks, made to vanish when they are done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn.contract import FlowNode, Scope, SequenceFlow, Token
from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.expressions import Environment
from engine.bpmn.interruption import take_boundary
from engine.bpmn.running.runtime import Runtime
from engine.bpmn.running.subscriptions import OpenSubscription
from engine.bpmn.scope_kinds import Catching
from engine.bpmn.services import Services
from engine.bpmn.substrate import SpiffToken
from engine.bpmn.variables import Layer
from engine.facts.events import ElementCancelled, ElementCompleted, Event, Reason


class LiveToken(SpiffToken):
    """One that is made without a number gets the next."""

    def __init__(self, scope: Scope, runtime: Runtime, element: FlowNode, parent: Token | None = None, number: int = 0) -> None:
        number = number or runtime.next_number()
        super().__init__(scope, element, parent, number)
        self.scope = scope
        self.runtime = runtime
        self.element = element
        self.origin: tuple[int, str, str] = (number, element.name, scope.definition)
        self.variables = scope.variables
        self.via: str | None = None
        self.has_entered = False
        self.submitted: Mapping[str, Any] | None = None
        self.subscriptions: list[OpenSubscription] = []
        runtime.live[number] = self

    @property
    def is_live(self) -> bool:
        return self.id in self.scope.tokens

    @property
    def waiting_id(self) -> int:
        number: int = self.id
        return number

    @property
    def definition(self) -> str:
        return self.scope.definition

    @property
    def environment(self) -> Environment:
        return self.runtime.environment

    @property
    def services(self) -> Services:
        return self.runtime

    @property
    def collected(self) -> dict[str, list[int]]:
        collected: dict[str, list[int]] = self.marks.setdefault("collected", {})
        return collected

    # ------------------------------------------------------------------ what it tells and what it waits for
    def announce(self, event: Event) -> None:
        self.runtime.events.append(event)

    def announce_completed(self, kind: str, flows: tuple[str, ...]) -> None:
        self.runtime.events.append(ElementCompleted(*self.origin, kind, flows))
        self.runtime.last_completed = self.origin

    def wait_for(self, definition: EventDefinition, event: FlowNode, catching: Catching) -> None:
        self.runtime.subscriptions.subscribe(self, definition, event, catching)

    def stop_waiting(self) -> None:
        if self.subscriptions:
            self.runtime.subscriptions.close_all(self)

    def on_event(self, subscription: OpenSubscription, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        """What it waited for has happened."""
        if subscription.catching == "boundary":
            take_boundary(self, subscription.event, submitted)
        else:
            self.element.on_caught(self, subscription.event, submitted, is_over=is_over)

    # ------------------------------------------------------------------ how it goes on
    def run_soon(self) -> None:
        self.runtime.queue.append((LiveToken.run, self))

    def finish_soon(self) -> None:
        self.runtime.queue.append((LiveToken.finish, self))

    def run(self) -> bool | None:
        """A step of the engine; for an element that waits, a host saying that it is done."""
        if self.has_entered:
            self.finish_soon()
            return True
        self.has_entered = True
        done: bool | None = super().run()
        if done is None:
            self.wait_in_state(self.element.waiting_state_of(self))
        return done

    def finish(self) -> None:
        """A step: what the element waited for has happened."""
        self.element.finish(self)

    def follow(self, flow: SequenceFlow) -> Token:
        token = LiveToken(self.scope, self.runtime, flow.target, self)
        token.via = flow.id
        return token

    def drop(self, reason: Reason) -> None:
        if not self.is_live:
            return
        self.scope.take_out(self)
        self.stop_waiting()
        inner = self.runtime.inner_scopes.get(self.id)
        if inner is not None:
            inner.drop_all(reason)
            inner.close()
        for instance in self.element.instances_of(self):
            instance.drop(reason)
        if self.has_entered:
            self.element.on_cancelled(self, reason)
            self.announce(ElementCancelled(*self.origin, self.element.kind_of(self), reason))

    # ------------------------------------------------------------------ values
    def take_submitted(self) -> Mapping[str, Any]:
        submitted, self.submitted = self.submitted or {}, None
        return submitted

    def add_layer(self, local: Mapping[str, Any]) -> None:
        self.variables = Layer(self.variables, local)
