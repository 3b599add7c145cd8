"""The start event (BPMN §10.5.2)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.events.catch import CatchingElement


class StartEvent(CatchingElement):
    """A parallel multiple one is begun by the first of its events and waits for the others (mark `began`: the index of that)."""

    kind = "startEvent"
    form: str = ""

    def execute(self, token: Token) -> bool | None:
        began = token.marks.pop("began", None)
        if began is None or not self.is_parallel_multiple or len(self.definitions) < 2:
            self.take_over(token)
            return True
        token.collected[self.name] = [began]
        self.wait_for(token, (each for index, each in enumerate(self.definitions) if index != began))
        return None
