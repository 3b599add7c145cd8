"""The service task: a job for a worker; without a connector or topic it passes through (BPMN §10.3.4.1)."""

from __future__ import annotations

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.jobs import JobElement


class ServiceTask(JobElement):
    kind = "serviceTask"

    def execute(self, token: Token) -> bool | None:
        if self.work is None:
            self.take_over(token)
            return True
        self.create_job(token, self.work)
        return None
