"""Elements that become a job for a worker: service tasks and send tasks with a connector or a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.bpmn.contract import Token
from engine.bpmn.elements.tasks.activity import Activity
from engine.facts.events import Event, JobCancelled, JobCompleted, JobCreated, Reason
from engine.facts.secret_references import SecretReference


@dataclass(frozen=True, slots=True)
class Work:
    """What the worker is to do: a connector of this service by its name, or a topic that workers elsewhere ask for.

    `retries`: how often it is tried again after the first try.
    """

    kind: Literal["connector", "topic"]
    name: str
    retries: int = 3


class JobElement(Activity):
    """Without `work` there is no job."""

    work: Work | None = None
    #: Where secrets are filled in right before the connector is called.
    secrets: tuple[SecretReference, ...] = ()

    @property
    def has_local_inputs(self) -> bool:  # type: ignore[override]
        return self.work is None and super().has_local_inputs

    def create_job(self, token: Token, work: Work) -> None:
        inputs = self.evaluate_inputs(token)
        if inputs:
            token.marks["inputs"] = inputs
        token.announce(_job_created(token, work))

    def opening_event(self, token: Token) -> Event | None:
        return None if self.work is None else _job_created(token, self.work)

    def finish(self, token: Token) -> None:
        if self.work is not None:
            token.announce(JobCompleted(*token.origin))
        super().finish(token)

    def on_cancelled(self, token: Token, reason: Reason) -> None:
        if self.work is not None and not self.is_loop(token):
            token.announce(JobCancelled(*token.origin, reason))


def _job_created(token: Token, work: Work) -> JobCreated:
    return JobCreated(*token.origin, work.kind, work.name, token.marks.get("inputs", {}), work.retries)
