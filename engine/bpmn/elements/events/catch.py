"""The intermediate catch event: waits for one of its events, or in a parallel multiple event for all (BPMN §10.5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from engine.bpmn.contract import FlowNode, Token
from engine.bpmn.elements.executable_node import ExecutableNode
from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.substrate import WAITING


class CatchingElement(ExecutableNode):
    """Whatever waits for events in its own right: catch events, receive tasks, start events that need several."""

    waiting_state: ClassVar[int] = WAITING

    def wait_for(self, token: Token, definitions: Iterable[EventDefinition]) -> None:
        for definition in definitions:
            token.wait_for(definition, self, "catch")

    def on_caught(self, token: Token, event: FlowNode, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        token.stop_waiting()
        token.submitted = submitted
        token.finish_soon()


class CatchEvent(CatchingElement):
    kind = "intermediateCatchEvent"

    def execute(self, token: Token) -> bool | None:
        if token.marks.pop("happened", False) or not any(definition.is_awaited for definition in self.definitions):
            self.take_over(token)
            return True
        self.wait_for(token, self.definitions)
        return None

    def on_caught(self, token: Token, event: FlowNode, submitted: Mapping[str, Any] | None, *, is_over: bool) -> None:
        if is_over:
            super().on_caught(token, event, submitted, is_over=is_over)
        else:
            self._pass_on(token)

    def _pass_on(self, token: Token) -> None:
        """A repeating timer: one token goes on now, the event waits for the next time."""
        for flow in self.flows:
            token.scope.spawn(flow.target, via=flow.id)
