"""The end event (BPMN §10.5.3)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.events.throw import ThrowingElement


class EndEvent(ThrowingElement):
    kind = "endEvent"

    def execute(self, token: Token) -> bool | None:
        return self.throw_all(token)
