"""Does the jobs of service tasks: takes them under a lease, calls the connector outside of any transaction, reports."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from engine import connectors, jobs
from engine.connectors import ConnectorFailed, ModelError
from engine.facts.actor import SYSTEM
from engine.facts.errors import Conflict, Unavailable, VariablesRefused
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.facts.sentences import Sentence
from engine.facts.values import checked_variables
from engine.jobs import Job
from engine.store.unit_of_work import UnitOfWork
from service.parts import Parts
from service.secrets import calling

log = logging.getLogger(__name__)

#: Under which name this process holds jobs.
WORKER = f"{socket.gethostname()}:{os.getpid()}"[:200]

#: How long a look waits for a free thread, in seconds.
PATIENCE = 1.0
#: Between two attempts to report, in seconds; after the last one the job is left to its lease.
REPORT_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, None)
#: Of the lease of a job, what its call may take: the rest is for the report.
CALL = 0.8


class Jobs:
    """At most `threads` jobs at the same time. One that takes long keeps its own thread and holds nobody else up."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._running = 0
        self._one_less = threading.Condition()

    def run_once(self, parts: Parts) -> int:
        """Begins as many due jobs as there are free threads. Answers how many."""
        free = self._free()
        if not free:
            return 0
        lease = timedelta(seconds=parts.settings.job_lease_seconds)
        with parts.begin(SYSTEM) as work:
            due = jobs.take_due(work, WORKER, names=parts.connectors.keys(), limit=free, lease=lease)
        for job in due:
            with self._one_less:
                self._running += 1
            threading.Thread(target=self._run, args=(parts, job), name=f"job {job.id}", daemon=True).start()
        return len(due)

    def finish(self) -> None:
        """Waits for those that run."""
        with self._one_less:
            self._one_less.wait_for(lambda: self._running == 0)

    def _free(self) -> int:
        with self._one_less:
            self._one_less.wait_for(lambda: self._running < self._threads, timeout=PATIENCE)
            return self._threads - self._running

    def _run(self, parts: Parts, job: Job) -> None:
        try:
            _run(parts, job)
        finally:
            with self._one_less:
                self._running -= 1
                self._one_less.notify_all()


def run_once(parts: Parts) -> int:
    """One look whose jobs are over when it returns: for those who do without a worker."""
    pool = Jobs(parts.settings.job_threads)
    begun = pool.run_once(parts)
    pool.finish()
    return begun


def _run(parts: Parts, job: Job) -> None:
    """One job. That it was cancelled or finished by another worker meanwhile is no trouble."""
    try:
        _call_and_report(parts, job)
    except Conflict as refusal:
        log.info("a job was over already", extra={"job": str(job.id), "why": refusal})
    except Unavailable as refusal:
        log.warning(
            "a job could not be reported and is done again when its lease ends", extra={"job": str(job.id), "why": refusal}
        )
    except Exception:
        log.exception("a job could not be reported and is done again when its lease ends", extra={"job": str(job.id)})


def _call_and_report(parts: Parts, job: Job) -> None:
    """At least once: after a crash between call and report the connector is called again with the same job id."""
    seconds = parts.settings.job_lease_seconds * CALL
    told = connectors.Job(str(job.id), str(job.process_instance_id), job.element, job.attempts, seconds)
    try:
        variables = calling.call(parts.begin, parts.secrets, parts.connectors[job.connector], job, told)
    except ModelError as error:
        _report_error(parts, job, error)
    except ConnectorFailed as failure:
        _report_failure(parts, job, failure.sentence, _pause(failure.retry_in), failure.is_retryable)
    except Exception:
        log.exception("a connector failed", extra={"connector": job.connector, "job": str(job.id)})
        _report_failure(
            parts, job, Sentence("The connector {name} failed unexpectedly; the log says how.", name=job.connector), None, True
        )
    else:
        _report_answer(parts, job, variables)


def _report_answer(parts: Parts, job: Job, answer: Mapping[str, Any]) -> None:
    """An answer that cannot be kept is an incident at once: the work is done, and calling again would do it again."""
    try:
        variables = checked_variables(answer)
    except VariablesRefused as refusal:
        problem = refusal.problems[0]
        why = Sentence(
            "What the connector {name} was answered cannot be kept ({place}): {why} The work itself may be done.",
            name=job.connector,
            place=problem.where or job.element,
            why=problem.sentence,
        )
        _report_failure(parts, job, why, None, False)
    else:
        _report(parts, lambda work: jobs.complete(work, job.id, variables))


def _pause(seconds: float | None) -> timedelta | None:
    """Whatever a connector asks for, within what a job may wait."""
    if seconds is None or not seconds >= 0:
        return None
    return timedelta(seconds=min(seconds, FURTHEST_OF_JOBS.total_seconds()))


def _report_error(parts: Parts, job: Job, error: ModelError) -> None:
    _report(parts, lambda work: jobs.raise_error(work, job.id, error.code, str(error)))


def _report_failure(parts: Parts, job: Job, why: Sentence, pause: timedelta | None, is_retryable: bool) -> None:
    _report(parts, lambda work: jobs.fail(work, job.id, why, retry_in=pause, is_retryable=is_retryable))


def _report(parts: Parts, tell: Callable[[UnitOfWork], object]) -> None:
    """While the database restarts it is tried again: what is not reported would be done once more."""
    for wait in REPORT_PAUSES:
        try:
            with parts.begin(SYSTEM) as work:
                tell(work)
            return
        except Unavailable:
            if wait is None:
                raise
            time.sleep(wait)
