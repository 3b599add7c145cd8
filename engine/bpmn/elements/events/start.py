"""The start event (BPMN §10.5.2)."""

from __future__ import annotations

from engine.bpmn.elements.flow_node import FlowNode
from engine.bpmn.tokens import Token


class StartEvent(FlowNode):
    kind = "startEvent"
    form: str = ""

    def execute(self, token: Token) -> bool | None:
        self.take_over(token)
        return True
