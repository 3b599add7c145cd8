"""Jobs: done outside of transactions, at least once, reported once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from engine import jobs, process_instances
from engine.connectors import ConnectorFailed, Job, ModelError
from engine.facts.actor import SYSTEM
from engine.facts.sentences import verbatim
from engine.operating import incidents
from service.background import run_jobs
from service.background.run_jobs import Jobs
from service.parts import Parts
from tests.background.conftest import Clock, Recorder

Start = Callable[[str], UUID]
Status = Callable[[UUID], str]


def test_a_job_is_done_and_the_process_goes_on(parts: Parts, connector: Recorder, start: Start, status: Status) -> None:
    id = start("job")
    assert run_jobs.run_once(parts) == 1
    assert status(id) == "ended"
    assert [call.process_instance_id for call in connector.calls] == [str(id)]
    assert run_jobs.run_once(parts) == 0


def test_many_jobs_are_done_at_once_each_one_time(parts: Parts, connector: Recorder, start: Start, status: Status) -> None:
    ids = [start("job") for _ in range(6)]
    assert [run_jobs.run_once(parts) for _ in range(3)] == [4, 2, 0]
    assert {status(id) for id in ids} == {"ended"}
    assert len({call.id for call in connector.calls}) == len(connector.calls) == 6


def test_a_failure_is_tried_again_later_with_the_same_key(
    parts: Parts, connector: Recorder, clock: Clock, start: Start, status: Status
) -> None:
    def once(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        if len(connector.calls) == 1:
            raise ConnectorFailed(verbatim("The receiver is away."))
        return {}

    connector.answer = once
    id = start("job")
    assert run_jobs.run_once(parts) == 1
    assert run_jobs.run_once(parts) == 0
    clock.move(minutes=1)
    assert run_jobs.run_once(parts) == 1
    assert status(id) == "ended"
    assert connector.calls[0].id == connector.calls[1].id
    assert [call.attempt for call in connector.calls] == [1, 2]


def test_the_last_failure_is_an_incident(parts: Parts, connector: Recorder, clock: Clock, start: Start) -> None:
    def away(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        raise ConnectorFailed(verbatim("The receiver is away."))

    connector.answer = away
    id = start("job")
    for _ in range(3):
        run_jobs.run_once(parts)
        clock.move(hours=1)
    with parts.begin(SYSTEM) as work:
        (incident,) = incidents.list_(work).items
    assert (incident.process_instance_id, str(incident.cause)) == (id, "The receiver is away.")
    assert len(connector.calls) == 2


def test_what_is_not_worth_a_second_try_is_an_incident_at_once(parts: Parts, connector: Recorder, start: Start) -> None:
    def refused(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        raise ConnectorFailed(verbatim("That is forbidden."), is_retryable=False)

    connector.answer = refused
    start("job")
    run_jobs.run_once(parts)
    with parts.begin(SYSTEM) as work:
        assert len(incidents.list_(work).items) == 1


def test_a_bug_in_a_connector_is_no_secret_in_the_incident(parts: Parts, connector: Recorder, clock: Clock, start: Start) -> None:
    def broken(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        raise KeyError("password=hunter2")

    connector.answer = broken
    start("job")
    for _ in range(2):
        assert run_jobs.run_once(parts) == 1
        clock.move(hours=1)
    with parts.begin(SYSTEM) as work:
        (incident,) = incidents.list_(work).items
    assert "hunter2" not in str(incident.cause)


def test_a_model_error_nobody_catches_is_an_incident(parts: Parts, connector: Recorder, start: Start, status: Status) -> None:
    def wrong(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        raise ModelError("NO-STOCK", "Nothing is left.")

    connector.answer = wrong
    id = start("job")
    assert run_jobs.run_once(parts) == 1
    assert status(id) == "running"
    with parts.begin(SYSTEM) as work:
        assert len(incidents.list_(work).items) == 1


def test_a_job_whose_worker_died_is_taken_over_after_its_lease(
    parts: Parts, connector: Recorder, clock: Clock, start: Start, status: Status
) -> None:
    id = start("job")
    with parts.begin(SYSTEM) as work:
        taken = jobs.take_due(work, "a worker that dies", names=["http"], limit=1, lease=timedelta(seconds=60))
    assert len(taken) == 1
    assert run_jobs.run_once(parts) == 0
    clock.move(seconds=61)
    assert run_jobs.run_once(parts) == 1
    assert status(id) == "ended"


def test_a_job_cancelled_while_it_is_done_troubles_nobody(
    parts: Parts, connector: Recorder, start: Start, status: Status
) -> None:
    def cancelled(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        with parts.begin(SYSTEM) as work:
            process_instances.cancel(work, UUID(job.process_instance_id), "Not wanted any more.")
        return {}

    connector.answer = cancelled
    id = start("job")
    assert run_jobs.run_once(parts) == 1
    assert status(id) == "ended"


def test_a_job_for_a_connector_that_is_not_here_is_left_for_others(parts: Parts, connector: Recorder, start: Start) -> None:
    start("job")
    connector.name = "mail"
    elsewhere = Parts(parts.settings, parts.database, parts.organisations, parts.secrets, parts.forms, {"mail": connector})
    assert run_jobs.run_once(elsewhere) == 0
    assert run_jobs.run_once(parts) == 1


def test_a_job_that_hangs_holds_only_its_own_thread(parts: Parts, connector: Recorder, start: Start, status: Status) -> None:
    may_end = threading.Event()

    def hang_first(inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        if len(connector.calls) == 1:
            may_end.wait(10)
        return {}

    connector.answer = hang_first
    hanging = start("job")
    pool = Jobs(2)
    assert pool.run_once(parts) == 1
    others = [start("job") for _ in range(3)]
    assert [pool.run_once(parts) for _ in others] == [1, 1, 1]
    may_end.set()
    pool.finish()
    assert {status(id) for id in (hanging, *others)} == {"ended"}
