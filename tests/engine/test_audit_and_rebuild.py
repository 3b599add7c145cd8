"""The rows that lists are made of follow from the saved states; the audit sees where they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from engine import process_instances, timers
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import StepRefused
from engine.operating import audit, incidents, moves, rebuild
from engine.people import attachments, user_tasks
from engine.store import Database
from engine.store import timers as timers_store
from engine.store.history import history
from engine.store.jobs import job
from engine.store.process_instances import process_instance
from engine.store.subscriptions import subscription
from engine.store.timers import timer
from engine.store.user_tasks import user_task, user_task_candidate
from tests.engine.company import ALICE, COMPANY, OTTO
from tests.engine.conftest import Begin, Clock, OpenTasks, Working

OPEN = (user_task, user_task_candidate, job, timer, subscription)


def rows(working: Working) -> dict[str, list[Any]]:
    with working(SYSTEM) as work:
        return {table.name: sorted(map(repr, work.rows(select(table)))) for table in OPEN}


def damage(working: Working, *statements: Any) -> None:
    with working(SYSTEM) as work:
        for statement in statements:
            work.write(statement)


@pytest.fixture
def company_at_work(working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    begin("review")
    begin("reminder")
    begin("payment", order="A1")
    begin("service", address="x")
    begin("everybody", members=[1, 2, 3])
    ended = begin("two-steps", customer="ACME")
    for _ in range(2):
        with working(ALICE) as work:
            user_tasks.complete(work, open_tasks(ended.id)[0].id, {})


@pytest.mark.usefixtures("company_at_work")
def test_a_healthy_database_has_no_findings_and_is_rebuilt_as_it_was(database: Database, working: Working) -> None:
    assert audit.audit(database, COMPANY) == []
    before = rows(working)
    assert rebuild.rebuild(database, COMPANY) == 0
    assert rows(working) == before


@pytest.mark.usefixtures("company_at_work")
def test_lost_rows_come_back(database: Database, working: Working) -> None:
    counts = {name: len(found) for name, found in rows(working).items()}
    open_only = delete(user_task).where(user_task.c.status == "open")
    damage(working, open_only, *(delete(table) for table in OPEN[1:]))
    assert {finding.invariant for finding in audit.audit(database, COMPANY)} == {"I2", "I3", "I11"}
    assert rebuild.rebuild(database, COMPANY) > 0
    assert {name: len(found) for name, found in rows(working).items()} == counts
    assert audit.audit(database, COMPANY) == []


def test_rows_of_nothing_are_closed(database: Database, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("two-steps", customer="ACME")
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    reopened = update(user_task).where(user_task.c.id == task.id).values(status="open")
    damage(working, reopened)
    assert {finding.invariant for finding in audit.audit(database, COMPANY)} == {"I3", "I11"}
    assert rebuild.rebuild(database, COMPANY) == 2
    assert [each.element for each in open_tasks(instance.id)] == ["second"]


def test_claims_and_drafts_outlive_a_rebuild(database: Database, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("everybody", members=[1, 2])
    claimed, lost = open_tasks(instance.id)
    with working(ALICE) as work:
        user_tasks.claim(work, claimed.id)
    with working(ALICE) as work:
        user_tasks.save_draft(work, claimed.id, {"text": "half"})
    damage(working, delete(user_task).where(user_task.c.id == lost.id))
    assert rebuild.rebuild(database, COMPANY) == 2
    assert len(open_tasks(instance.id)) == 2
    with working(ALICE) as work:
        kept = user_tasks.get(work, claimed.id).task
    assert (kept.assignee, kept.draft) == ("alice", {"text": "half"})


@pytest.mark.parametrize(
    ("damaging", "invariant"),
    [
        (lambda id: delete(history).where(history.c.version == 1), "I1"),
        (lambda id: update(process_instance).values(version=7), "I1"),
        (lambda id: update(process_instance).values(status="ended"), "I8"),
        (lambda id: update(process_instance).values(state=b"nonsense"), "I7"),
        (lambda id: delete(user_task), "I2"),
        (lambda id: update(process_instance).values(steps_done=3), "I3"),
    ],
)
def test_the_audit_finds_damage(
    database: Database, working: Working, begin: Begin, damaging: Callable[[Any], Any], invariant: str
) -> None:
    instance = begin("two-steps", customer="ACME")
    damage(working, damaging(instance.id))
    assert invariant in {finding.invariant for finding in audit.audit(database, COMPANY)}


def test_nothing_that_people_and_operators_do_is_a_finding(
    database: Database, working: Working, begin: Begin, open_tasks: OpenTasks, clock: Clock
) -> None:
    instance = begin("review", amount=1)
    (task,) = open_tasks(instance.id)
    with working(ALICE) as work:
        attachments.add(work, "a.txt", "text/plain", b"a", process_instance_id=instance.id)
    with working(ALICE) as work:
        loose = attachments.add(work, "b.txt", "text/plain", b"b")
    with working(ALICE) as work:
        user_tasks.complete(work, task.id, {"amount": 2}, attachments=[loose.id])
    for verb in (process_instances.suspend, process_instances.resume):
        with working(OTTO) as work:
            verb(work, instance.id, "A reason.")
    (task,) = open_tasks(instance.id)
    with working(OTTO) as work:
        user_tasks.assign(work, task.id, "bob")
    with working(OTTO) as work:
        process_instances.set_variables(work, instance.id, {"amount": 12345678901234567890})
    with working(OTTO) as work:
        moves.move(work, instance.id, cancel=["approve"], start=[moves.MoveTarget("write")], why="Again.")
    reminded = begin("reminder")
    clock.forward(days=1)
    with working(SYSTEM) as work:
        (due, *_) = timers_store.of_instance(work, reminded.id)
    with working(SYSTEM) as work:
        timers.fire(work, due.id)
    with working(OTTO) as work:
        process_instances.cancel(work, reminded.id, "Over.")
    with working(OTTO) as work:
        attachments.add(work, "late.txt", "text/plain", b"c", process_instance_id=reminded.id)
    assert audit.audit(database, COMPANY) == []
    assert rebuild.rebuild(database, COMPANY) == 0


def test_cancelling_resolves_every_incident(database: Database, working: Working, begin: Begin, open_tasks: OpenTasks) -> None:
    instance = begin("broken")
    (task,) = open_tasks(instance.id)
    with pytest.raises(StepRefused), working(ALICE) as work:
        user_tasks.complete(work, task.id, {})
    with working(OTTO) as work:
        assert incidents.count(work, 10) == 1
    with working(OTTO) as work:
        process_instances.cancel(work, instance.id, "It cannot go on.")
    with working(OTTO) as work:
        assert incidents.count(work, 10) == 0
    assert audit.audit(database, COMPANY) == []


CONDITION = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">
  <process id="patient" name="Patient" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="wait"/>
    <intermediateCatchEvent id="wait">
      <conditionalEventDefinition id="c"><condition>paid = true</condition></conditionalEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="f2" sourceRef="wait" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""


def test_an_instance_that_waits_for_a_condition_only_is_alive(working: Working, database: Database) -> None:
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("patient.bpmn", CONDITION.encode())], name="x")
    with working(ALICE) as work:
        process_instances.start(work, "patient", {"paid": False})
    assert audit.audit(database, COMPANY) == []
