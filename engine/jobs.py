"""Work for workers: taken under a lease, reported once; at least once, with the job's id as idempotency key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from engine import access
from engine.facts.causes import cause_of
from engine.facts.errors import Conflict, JobClosed, NotFound
from engine.facts.pauses import FURTHEST_OF_JOBS, pause
from engine.facts.sentences import Sentence
from engine.facts.values import checked_variables
from engine.steps.advancing import Deed, advance, attempts
from engine.steps.commands import Command, FinishJob, RaiseError
from engine.steps.failed_steps import Failed, record
from engine.store import jobs, process_instances
from engine.store.jobs import Job, JobFilter, Status
from engine.store.paging import Page
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork

__all__ = ["Job", "JobFilter", "complete", "fail", "get", "list_", "raise_error", "take_due"]


def list_(work: UnitOfWork, filter: JobFilter, *, after: str | None = None, limit: int = 20) -> Page[Job]:
    """For who operates, newest first."""
    access.right(work, "operate", to=Sentence("see jobs"))
    return jobs.list_(work, filter, after=after, limit=limit)


def get(work: UnitOfWork, id: UUID) -> Job:
    access.right(work, "operate", to=Sentence("see jobs"))
    found = jobs.find(work, id)
    if found is None:
        raise NotFound(kind=Sentence("job"), id=id)
    return found


def take_due(
    work: UnitOfWork,
    worker: str,
    *,
    names: Collection[str],
    limit: int,
    lease: timedelta,
    kind: Literal["connector", "topic"] = "connector",
) -> tuple[Job, ...]:
    """Due jobs of these connectors or topics, for this worker until the lease ends. Then others may take them again."""
    access.right(work, "operate", to=Sentence("take jobs"))
    if jobs.lose_expired(work):
        for exhausted in jobs.exhausted(work):
            _give_up(work, exhausted, exhausted.error or Sentence("It was tried too often."), work.now)
    return jobs.take_due(work, worker, kind=kind, names=names, limit=limit, lease=min(lease, FURTHEST_OF_JOBS))


def complete(work: UnitOfWork, id: UUID, variables: Mapping[str, Any]) -> ProcessInstance:
    """The work is done. A second report is refused with JobClosed; when the process cannot go on, it is an incident."""
    values = checked_variables(variables)
    return _report(work, id, lambda token: FinishJob(token, values))


def raise_error(
    work: UnitOfWork, id: UUID, code: str, message: str = "", variables: Mapping[str, Any] | None = None
) -> ProcessInstance:
    """A BPMN error, for the boundary events of the model; one that nothing catches is an incident."""
    values = checked_variables(variables or {})
    return _report(work, id, lambda token: RaiseError(token, code, message, values))


def fail(work: UnitOfWork, id: UUID, why: Sentence, *, retry_in: timedelta | None = None, is_retryable: bool = True) -> Job:
    """The work could not be done: tried again after a pause, or after the last try an incident."""
    access.right(work, "operate", to=Sentence("report on jobs"))
    work.begin()
    job = _open_job(work, id)
    left = job.retries - 1 if is_retryable else 0
    due_at = work.now + (pause(job.attempts, doublings=2) if retry_in is None else min(retry_in, FURTHEST_OF_JOBS))
    if left > 0:
        jobs.fail(work, id, why=why, retries=left, due_at=due_at)
    else:
        _give_up(work, job, why, due_at)
    return get(work, id)


def _report(work: UnitOfWork, id: UUID, command: Callable[[int], Command]) -> ProcessInstance:
    """What a worker says of the job, as a command about its token."""
    access.right(work, "operate", to=Sentence("report on jobs"))
    work.after_rollback(lambda later, fault: _keep_unreported(later, id, fault))
    for locked in attempts(work):
        found = jobs.find_with_instance(work, id, locked=locked)
        if found is None:
            raise NotFound(kind=Sentence("job"), id=id)
        job, stored = found
        if job.status not in ("open", "failed"):
            raise JobClosed(id=id, status=_STATUSES[job.status])
        try:
            instance = advance(work, stored, Deed(command(job.token), element=job.element))
        except Failed as failed:
            if not record(work, failed, kind="job", trigger_id=id):
                continue
            jobs.fail(work, id, why=failed.cause, retries=0, due_at=work.now)
            return failed.instance
        if instance is not None:
            return instance
    raise Conflict(what=Sentence("'{title}'", title=stored.row.title))


def _keep_unreported(work: UnitOfWork, id: UUID, fault: BaseException) -> None:
    """The work is done and cannot be written down: somebody has to look at it. Left to its lease it would be done again."""
    job = jobs.find(work, id)
    if job is not None and job.status == "open" and not isinstance(fault, Conflict):
        _give_up(work, job, cause_of(fault), work.now)


def _open_job(work: UnitOfWork, id: UUID) -> Job:
    job = jobs.find(work, id)
    if job is None:
        raise NotFound(kind=Sentence("job"), id=id)
    if job.status != "open":
        raise JobClosed(id=id, status=_STATUSES[job.status])
    return job


_STATUSES: Mapping[Status, Sentence] = {
    "open": Sentence("open"),
    "failed": Sentence("failed"),
    "completed": Sentence("completed"),
    "cancelled": Sentence("cancelled"),
}


def _give_up(work: UnitOfWork, job: Job, why: Sentence, due_at: datetime) -> None:
    """No try is left: the job waits for its incident."""
    jobs.fail(work, job.id, why=why, retries=0, due_at=due_at)
    instance = process_instances.find(work, job.process_instance_id)
    if instance is not None:
        definition = str(job.definition_id)
        failed = Failed(instance, element=job.element, token=job.token, definition=definition, cause=why)
        record(work, failed, kind="job", trigger_id=job.id)
