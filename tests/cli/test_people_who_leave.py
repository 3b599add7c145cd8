"""`liuzhuan user import` and `hand-over` with open tasks: who gets them is told, by process and step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import process_instances
from engine.people import user_tasks
from service.assembling import assemble
from service.parts import Parts
from service.settings import Settings
from tests.cli.conftest import Run

COMPANY = """\
departments: [{id: company, name: 公司}]
roles: [{id: clerk, name: 文员}, {id: process-administrator, name: 流程管理员}]
people:
  - {id: ann, name: Ann, department: company, roles: [clerk]}
  - {id: ben, name: Ben, department: company, roles: [process-administrator]}
"""
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <process id="order" name="Order" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="pack"/>
    <userTask id="pack" name="Pack"><extensionElements>
      <liuzhuan:assignment strategy="role" role="clerk"/></extensionElements></userTask>
    <sequenceFlow id="f2" sourceRef="pack" targetRef="book"/>
    <userTask id="book" name="Book"><extensionElements>
      <liuzhuan:assignment strategy="initiator"/></extensionElements></userTask>
    <sequenceFlow id="f3" sourceRef="book" targetRef="end"/><endEvent id="end"/>
  </process>
</definitions>"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    return tmp_path / "company.yaml"


@pytest.fixture
def parts(run: Run, company: Path, tmp_path: Path) -> Iterator[Parts]:
    company.write_text(COMPANY, encoding="utf-8")
    model = tmp_path / "order.bpmn"
    model.write_text(MODEL, encoding="utf-8")
    run("user", "import", str(company))
    run("deploy", str(model))
    parts = assemble(Settings(is_demo=True, database_url=os.environ["LIUZHUAN_DATABASE_URL"]))
    for _ in range(2):
        actor = parts.organisation.find_actor("ann")
        assert actor is not None
        with parts.begin(actor) as work:
            process_instances.start(work, "order", {})
    yield parts
    parts.close()


def test_an_import_lists_what_goes_to_others(run: Run, company: Path, parts: Parts) -> None:
    assert "open tasks" not in run("user", "import", str(company)).stdout
    company.write_text(COMPANY.replace("roles: [clerk]}", "roles: [clerk], active: no}"), encoding="utf-8")
    said = run("user", "import", str(company)).stdout
    assert "2 open tasks went to others" in said
    assert "2 × order / Pack: from candidates to role:clerk, role:process-administrator" in said
    assert "open tasks" not in run("user", "import", str(company)).stdout


def test_an_import_lists_what_nobody_can_do_until_somebody_can(run: Run, company: Path, parts: Parts) -> None:
    gone = COMPANY.replace("roles: [clerk]}", "active: no}").replace("roles: [process-administrator]}", "roles: []}")
    company.write_text(gone, encoding="utf-8")
    for _ in range(2):
        said = run("user", "import", str(company)).stdout
        assert "2 open tasks are left that nobody can do." in said
        assert "2 × order / Pack: role:clerk, role:process-administrator" in said
    audited = run("audit")
    assert audited.exit_code == 1
    assert audited.stderr.count("I12 ") == 2
    company.write_text(gone.replace("roles: []}", "roles: [clerk]}"), encoding="utf-8")
    assert "open tasks" not in run("user", "import", str(company)).stdout
    assert run("audit").exit_code == 0


def test_all_tasks_of_a_person_are_handed_over(run: Run, company: Path, parts: Parts) -> None:
    actor = parts.organisation.find_actor("ann")
    assert actor is not None
    with parts.begin(actor) as work:
        tasks = user_tasks.list_(work, user_tasks.UserTaskFilter(), limit=10).items
    for task in tasks:
        with parts.begin(actor) as work:
            user_tasks.claim(work, task.id)
    assert "ben has 2 open tasks of ann now." in run("user", "hand-over", "ann", "ben").stdout
    with parts.begin(parts.organisation.find_actor("ben")) as work:  # type: ignore[arg-type]
        assert user_tasks.counts(work).mine == 2
    assert run("user", "hand-over", "ann", "nobody").exit_code == 1
