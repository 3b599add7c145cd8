"""The event-based gateway: whichever of the following events happens first decides the path (BPMN §13.4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.bpmn.contract import FlowNode, Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.substrate import WAITING


class EventBasedGateway(ExecutableNode):
    kind = "eventBasedGateway"
    waiting_state: ClassVar[int] = WAITING
    is_instantiating = False
    #: Of an instantiating one: every event is waited for, each has its own path.
    is_parallel = False

    def execute(self, token: Token) -> bool | None:
        for flow in self.flows:
            for definition in flow.target.definitions:
                token.wait_for(definition, flow.target, "choice")
        return None

    def on_caught(self, token: Token, event: FlowNode, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        token.stop_waiting()
        token.marks["next"] = event.name
        token.submitted = submitted
        token.finish_soon()

    def finish(self, token: Token) -> None:
        """What came with the event is for the element behind."""
        token.complete()

    def leave(self, token: Token) -> None:
        flow = next(flow for flow in self.flows if flow.target.name == token.marks["next"])
        token.announce_completed(self.kind, (flow.id,))
        following = token.follow(flow)
        following.marks["happened"] = True
        following.submitted = token.take_submitted()
