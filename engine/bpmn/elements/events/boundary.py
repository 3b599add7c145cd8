"""The boundary event: what happens to its activity from outside or inside; an interrupting one ends it (BPMN §10.5.4)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.executable_node import ExecutableNode


class BoundaryEvent(ExecutableNode):
    kind = "boundaryEvent"

    def execute(self, token: Token) -> bool | None:
        self.take_over(token)
        return True
