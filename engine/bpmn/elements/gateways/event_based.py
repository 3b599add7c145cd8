"""The event-based gateway: whichever of the following events happens first decides the path (BPMN §13.4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.bpmn.elements.flow_node import FlowNode
from engine.bpmn.substrate import WAITING
from engine.bpmn.tokens import Token

if TYPE_CHECKING:
    from engine.bpmn.subscriptions import Subscription


class EventBasedGateway(FlowNode):
    kind = "eventBasedGateway"
    waiting_state: ClassVar[int] = WAITING
    is_instantiating = False
    #: Of an instantiating one: every event is waited for, each has its own path.
    is_parallel = False

    def execute(self, token: Token) -> bool | None:
        for flow in self.flows:
            for definition in flow.target.definitions:
                token.scope.instance.all_subscriptions.subscribe("choice", token, flow.target, definition)
        return None

    def caught(self, token: Token, subscription: Subscription, submitted: Mapping[str, Any] | None) -> None:
        token.scope.instance.all_subscriptions.close_all(token)
        token.marks["next"] = subscription.element.name
        token.submitted = submitted
        token.scope.instance.queue.append((Token.complete, token))

    def leave(self, token: Token) -> None:
        flow = next(flow for flow in self.flows if flow.target.name == token.marks["next"])
        self.complete_by(token, [flow], (flow.id,))
        following = token.latest_child()
        following.marks["happened"] = True
        following.submitted = token.take_submitted()
