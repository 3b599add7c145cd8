"""Work for workers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from engine import jobs, process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import JobClosed, NotAllowed, NotFound
from engine.facts.sentences import verbatim
from engine.jobs import Job
from engine.operating import incidents
from tests.engine.company import ALICE
from tests.engine.conftest import Begin, Clock, OpenTasks, Working
from tests.engine.reading import variables_of

LEASE = timedelta(minutes=1)


def taken(working: Working, worker: str = "w1", **more: Any) -> tuple[Job, ...]:
    with working(SYSTEM) as work:
        return jobs.take_due(work, worker, **{"names": ["http"], "limit": 10, "lease": LEASE, **more})


def test_a_job_is_taken_done_and_the_process_goes_on(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("service", address="http://example.com")
    (job,) = taken(working)
    assert (job.element, job.connector, job.inputs, job.attempts) == ("call", "http", {"url": "http://example.com"}, 1)
    with working(SYSTEM) as work:
        jobs.complete(work, job.id, {"body": "hello"})
    assert [task.element for task in open_tasks(instance.id)] == ["look"]
    with working(SYSTEM) as work:
        assert variables_of(work, instance.id)["answer"] == "hello"
        assert jobs.get(work, job.id).status == "completed"


def test_a_taken_job_is_nobody_elses_until_its_lease_ends(working: Working, begin: Begin, clock: Clock) -> None:
    begin("service", address="x")
    assert len(taken(working)) == 1
    assert taken(working, "w2") == ()
    clock.forward(seconds=61)
    (again,) = taken(working, "w2")
    assert (again.worker, again.attempts, again.retries) == ("w2", 2, 1)


def model(process: str, retries: int, *, kind: str) -> bytes:
    worker = {"topic": f'liuzhuan:topic="http" liuzhuan:retries="{retries}"/>', "connector": "><extensionElements>"}[kind]
    inner = f'<liuzhuan:connector name="http" retries="{retries}"/></extensionElements></serviceTask>' * (kind == "connector")
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1"
      targetNamespace="t" id="d"><process id="{process}" isExecutable="true"><startEvent id="start"/>
      <sequenceFlow id="f" sourceRef="start" targetRef="call"/><serviceTask id="call" {worker}{inner}
      </process></definitions>""".encode()


@pytest.mark.parametrize("end", ["fails", "vanishes"])
@pytest.mark.parametrize("kind", ["connector", "topic"])
@pytest.mark.parametrize("retries", [0, 1, 2])
def test_a_job_is_tried_once_and_again_as_often_as_the_model_says(
    working: Working, clock: Clock, retries: int, kind: str, end: str
) -> None:
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("m.bpmn", model("m", retries, kind=kind))], name="m")
    with working(ALICE) as work:
        process_instances.start(work, "m", {})
    tries = 0
    while found := taken(working, kind=kind):
        tries += 1
        if end == "fails":
            with working(SYSTEM) as work:
                jobs.fail(work, found[0].id, verbatim("Down."))
        clock.forward(hours=1)
    assert tries == retries + 1
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work).items
        incidents.retry(work, incident.id)
    assert len(taken(working, kind=kind)) == 1


def test_none_of_many_jobs_whose_worker_has_vanished_is_forgotten(working: Working, clock: Clock) -> None:
    many = 41
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("m.bpmn", model("m", 0, kind="topic"))], name="m")
    for _ in range(many):
        with working(ALICE) as work:
            process_instances.start(work, "m", {})
    assert len(taken(working, kind="topic", limit=100)) == many
    clock.forward(hours=1)
    assert taken(working, kind="topic", limit=100) == ()
    with working(SYSTEM) as work:
        assert len(incidents.list_(work, limit=100).items) == many


def test_a_job_whose_workers_always_vanish_becomes_an_incident(working: Working, begin: Begin, clock: Clock) -> None:
    instance = begin("service", address="x")
    for _ in range(3):
        taken(working)
        clock.forward(minutes=2)
    assert taken(working) == ()
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=instance.id).items
    assert (incident.kind, incident.element) == ("job", "call")


def test_only_the_named_connectors_are_given_out(working: Working, begin: Begin) -> None:
    begin("service", address="x")
    begin("topic")
    assert taken(working, names=["mail"]) == ()
    assert [job.connector for job in taken(working, names=["ship"], kind="topic")] == ["ship"]
    assert taken(working, names=[]) == ()


def test_a_job_reported_twice_is_refused_and_changes_nothing(working: Working, begin: Begin) -> None:
    instance = begin("service", address="x")
    (job,) = taken(working)
    with working(SYSTEM) as work:
        after = jobs.complete(work, job.id, {"body": 1})
    with pytest.raises(JobClosed), working(SYSTEM) as work:
        jobs.complete(work, job.id, {"body": 2})
    with pytest.raises(JobClosed), working(SYSTEM) as work:
        jobs.fail(work, job.id, verbatim("no"))
    with working(SYSTEM) as work:
        assert process_instances.get(work, instance.id).version == after.version


def test_a_late_report_of_the_first_worker_is_accepted_once(working: Working, begin: Begin, clock: Clock) -> None:
    begin("service", address="x")
    (job,) = taken(working)
    clock.forward(minutes=2)
    assert [again.id for again in taken(working, "w2")] == [job.id]
    with working(SYSTEM) as work:
        jobs.complete(work, job.id, {"body": "of the first"})
    with pytest.raises(JobClosed), working(SYSTEM) as work:
        jobs.complete(work, job.id, {"body": "of the second"})


def test_a_failed_job_is_tried_again_later_then_becomes_an_incident(
    working: Working, begin: Begin, clock: Clock, open_tasks: OpenTasks
) -> None:
    instance = begin("service", address="x")
    (job,) = taken(working)
    with working(SYSTEM) as work:
        failed = jobs.fail(work, job.id, verbatim("The other side is down."))
    assert (failed.status, failed.retries) == ("open", 1)
    assert timedelta(seconds=10) <= failed.due_at - clock.now <= timedelta(seconds=13)
    assert taken(working) == ()
    clock.forward(seconds=13)
    assert len(taken(working)) == 1
    with working(SYSTEM) as work:
        assert jobs.fail(work, job.id, verbatim("Still down.")).status == "failed"
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work).items
        assert (str(incident.cause), incident.process_instance_id) == ("Still down.", instance.id)
        incidents.retry(work, incident.id)
    assert [again.id for again in taken(working)] == [job.id]
    with working(SYSTEM) as work:
        jobs.complete(work, job.id, {"body": 1})
    assert [task.element for task in open_tasks(instance.id)] == ["look"]


def test_a_worker_may_say_when_and_that_it_is_hopeless(working: Working, begin: Begin, clock: Clock) -> None:
    begin("service", address="x")
    (job,) = taken(working)
    with working(SYSTEM) as work:
        assert jobs.fail(work, job.id, verbatim("Busy."), retry_in=timedelta(hours=1)).due_at == clock.now + timedelta(hours=1)
    with working(SYSTEM) as work:
        assert jobs.fail(work, job.id, verbatim("Not found."), is_retryable=False).status == "failed"


def test_a_bpmn_error_takes_the_boundary_event(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("service", address="x")
    (job,) = taken(working)
    with working(SYSTEM) as work:
        jobs.raise_error(work, job.id, "REFUSED", "No.")
    assert [task.element for task in open_tasks(instance.id)] == ["repair"]


def test_a_bpmn_error_nothing_catches_is_an_incident(working: Working, begin: Begin) -> None:
    instance = begin("service", address="x")
    (job,) = taken(working)
    with working(SYSTEM) as work:
        jobs.raise_error(work, job.id, "UNKNOWN")
    with working(SYSTEM) as work:
        (incident,) = incidents.list_(work, process_instance_id=instance.id).items
        assert "UNKNOWN" in str(incident.cause)
        assert jobs.get(work, job.id).status == "failed"


def test_jobs_of_a_suspended_process_are_not_given_out(working: Working, begin: Begin) -> None:
    instance = begin("service", address="x")
    with working(SYSTEM) as work:
        process_instances.suspend(work, instance.id)
    assert taken(working) == ()


def test_cancelling_the_process_closes_its_jobs(working: Working, begin: Begin) -> None:
    instance = begin("service", address="x")
    (job,) = taken(working)
    with working(ALICE) as work:
        process_instances.cancel(work, instance.id, "No.")
    with pytest.raises(JobClosed, match="cancelled"), working(SYSTEM) as work:
        jobs.complete(work, job.id, {})


def test_jobs_are_for_who_operates(working: Working, begin: Begin) -> None:
    begin("service", address="x")
    (job,) = taken(working)
    with pytest.raises(NotAllowed), working(ALICE) as work:
        jobs.complete(work, job.id, {})
    with pytest.raises(NotAllowed), working(ALICE) as work:
        jobs.take_due(work, "w", names=["http"], limit=1, lease=LEASE)
    with pytest.raises(NotFound), working(SYSTEM) as work:
        jobs.complete(work, UUID(int=0), {})
