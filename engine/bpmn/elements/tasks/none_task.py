"""The task without a type: nothing to do but what its outputs say, on to the next element."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity


class NoneTask(Activity):
    kind = "task"

    def execute(self, token: Token) -> bool | None:
        if self.output_mappings:
            self.take_over(token)
        return True
