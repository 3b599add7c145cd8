"""The receive task: waits for a message (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.events.catch import CatchingElement
from engine.bpmn.elements.tasks.activity import Activity


class ReceiveTask(CatchingElement, Activity):
    kind = "receiveTask"
    is_instantiating = False

    def execute(self, token: Token) -> bool | None:
        if token.marks.pop("happened", False) or not self.definitions:
            self.take_over(token)
            return True
        self.wait_for(token, self.definitions)
        return None
