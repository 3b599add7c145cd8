"""Does the jobs of service tasks: takes them under a lease, calls the connector outside of any transaction, reports."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from engine import connectors, jobs
from engine.actor import SYSTEM
from engine.connectors import ConnectorFailed, ModelError
from engine.errors import Conflict
from engine.jobs import Job
from service.parts import Parts

log = logging.getLogger(__name__)

#: Under which name this process holds jobs.
WORKER = f"{socket.gethostname()}:{os.getpid()}"[:200]


def run_once(parts: Parts) -> int:
    """As many jobs as there are threads, at the same time, so that none waits for another one's lease to end."""
    threads = parts.settings.job_threads
    lease = timedelta(seconds=parts.settings.job_lease_seconds)
    with parts.begin(SYSTEM) as work:
        due = jobs.take_due(work, WORKER, names=parts.connectors.keys(), limit=threads, lease=lease)
    _run_all(parts, due)
    return len(due)


def _run_all(parts: Parts, due: Sequence[Job]) -> None:
    if len(due) == 1:
        _run(parts, due[0])
    elif due:
        with ThreadPoolExecutor(len(due)) as pool:
            for done in [pool.submit(_run, parts, job) for job in due]:
                done.result()


def _run(parts: Parts, job: Job) -> None:
    """One job. That it was cancelled or finished by another worker meanwhile is no trouble."""
    try:
        _call_and_report(parts, job)
    except Conflict as refusal:
        log.info("a job was over already", extra={"job": str(job.id), "why": str(refusal)})


def _call_and_report(parts: Parts, job: Job) -> None:
    """At least once: after a crash between call and report the connector is called again with the same job id."""
    told = connectors.Job(str(job.id), str(job.process_instance_id), job.element, job.attempts)
    try:
        variables = parts.connectors[job.connector].call(job.inputs, told)
    except ModelError as error:
        _report_error(parts, job, error)
    except ConnectorFailed as failure:
        pause = None if failure.retry_in is None else timedelta(seconds=failure.retry_in)
        _report_failure(parts, job, str(failure), pause, failure.is_retryable)
    except Exception:
        log.exception("a connector failed", extra={"connector": job.connector, "job": str(job.id)})
        _report_failure(parts, job, f"The connector {job.connector} failed unexpectedly; the log says how.", None, True)
    else:
        with parts.begin(SYSTEM) as work:
            jobs.complete(work, job.id, variables)


def _report_error(parts: Parts, job: Job, error: ModelError) -> None:
    with parts.begin(SYSTEM) as work:
        jobs.raise_error(work, job.id, error.code, str(error))


def _report_failure(parts: Parts, job: Job, why: str, pause: timedelta | None, is_retryable: bool) -> None:
    with parts.begin(SYSTEM) as work:
        jobs.fail(work, job.id, why, retry_in=pause, is_retryable=is_retryable)
