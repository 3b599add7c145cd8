"""The intermediate catch event: waits for one of its events, or in a parallel multiple event for all (BPMN §10.5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.bpmn.elements.flow_node import FlowNode
from engine.bpmn.substrate import WAITING
from engine.bpmn.tokens import Token

if TYPE_CHECKING:
    from engine.bpmn.elements.events.definitions import EventDefinition
    from engine.bpmn.subscriptions import Subscription


class CatchingElement(FlowNode):
    """Whatever waits for events in its own right: catch events, receive tasks, start events that need several."""

    waiting_state: ClassVar[int] = WAITING

    def wait_for(self, token: Token, definitions: Iterable[EventDefinition]) -> None:
        for definition in definitions:
            token.scope.instance.all_subscriptions.subscribe("catch", token, self, definition)

    def caught(self, token: Token, subscription: Subscription, submitted: Mapping[str, Any] | None) -> None:
        token.scope.instance.all_subscriptions.close_all(token)
        token.submitted = submitted
        token.scope.instance.queue.append((Token.finish, token))


class CatchEvent(CatchingElement):
    kind = "intermediateCatchEvent"

    def execute(self, token: Token) -> bool | None:
        if token.marks.pop("happened", False) or not any(definition.is_awaited for definition in self.definitions):
            self.take_over(token)
            return True
        self.wait_for(token, self.definitions)
        return None

    def caught(self, token: Token, subscription: Subscription, submitted: Mapping[str, Any] | None) -> None:
        if subscription.is_open and subscription.kind == "timer":
            self._pass_on(token)
        else:
            super().caught(token, subscription, submitted)

    def _pass_on(self, token: Token) -> None:
        """A repeating timer: one token goes on now, the event waits for the next time."""
        for flow in self.flows:
            token.scope.spawn(flow.target).via = flow.id
