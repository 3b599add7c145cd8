"""The send task: throws a message, or is a job for a worker (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.events.throw import ThrowingElement
from engine.bpmn.elements.tasks.jobs import JobElement


class SendTask(JobElement, ThrowingElement):
    kind = "sendTask"
    has_local_inputs = False

    def execute(self, token: Token) -> bool | None:
        if self.work is None:
            return self.throw_all(token)
        self.create_job(token, self.work)
        return None
