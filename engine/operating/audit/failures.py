"""Tries of jobs and incidents: they stand in no log, so they are held against one another, and against what a job began with."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import StepFailed
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.facts.sentences import Sentence
from engine.operating.cases import Case
from engine.steps.derived_rows import derive
from engine.steps.restoring import restored
from engine.steps.surroundings import surroundings_of
from engine.store import incidents, jobs, outbox, timers
from engine.store.incidents import Incident
from engine.store.jobs import Job, NewJob
from engine.store.unit_of_work import UnitOfWork


def tries(case: Case) -> Iterator[Sentence]:
    """A try more or less than a job can have had, and a moment that no pause leads to."""
    there = [job for job in case.jobs if job.status in ("open", "failed")]
    if not there:
        return
    try:
        begun = derive(restored(case.work, case.stored).waiting(), surroundings_of(case.work, case.stored.row)).jobs
    except StepFailed:
        return
    as_begun = {job.token: job for job in begun}
    for job in there:
        if job.token in as_begun and not _can_be(case.work, job, as_begun[job.token]):
            yield Sentence(
                "The tries, the error or the due moment of the job of token {token} cannot have come about by working on it.",
                token=job.token,
            )


def _can_be(work: UnitOfWork, job: Job, begun: NewJob) -> bool:
    used = begun.retries - job.retries
    if job.status == "failed":
        return job.retries == 0
    # A job from before first tries were counted has had one less from the beginning.
    if not 0 <= used <= job.attempts + 1 or (used > 1 and job.error is None) or (job.attempts == 0 and job.error is not None):
        return False
    if job.lease_until is not None:
        return job.due_at == job.lease_until
    # It is due at once as long as nobody has tried; a clock that went back brings it nearer.
    return job.due_at <= (job.created_at if job.attempts == 0 else work.now + FURTHEST_OF_JOBS)


def stood_for(case: Case) -> Iterator[Sentence]:
    """An incident and the job, timer or message that waits for it have one cause; a job that has failed has an incident."""
    found = incidents.all_of(case.work, case.stored.id)
    for job in case.jobs:
        if job.status == "failed" and all(each.trigger_id != job.id for each in found):
            yield Sentence("The job of token {token} has failed, and no incident stands for it.", token=job.token)
    for each in found:
        is_told = case.chained_since is None or each.created_at >= case.chained_since
        if each.resolved_at is not None or not is_told or _fits(case.work, each):
            continue
        # Unless somebody has retried it meanwhile.
        if incidents.find(case.work, each.id) == each:
            yield Sentence(
                "The incident at {element}, token {token}, and what waits for it do not say the same.",
                element=each.element,
                token=each.token,
            )


def _fits(work: UnitOfWork, incident: Incident) -> bool:
    """What is gone has been taken back meanwhile."""
    id = incident.trigger_id
    if id is None:
        return True
    if incident.kind == "job":
        job = jobs.find(work, id)
        return job is None or (job.status == "failed" and job.error == incident.cause)
    timer = timers.find(work, id) if incident.kind == "timer" else None
    message = outbox.find(work, id) if incident.kind == "message" else None
    waiting = timer or (message if message is not None and message.done_at is None else None)
    return waiting is None or waiting.error == incident.cause
