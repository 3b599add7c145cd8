"""`liuzhuan user import` and `hand-over` with open tasks: who gets them is told, by process and step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import process_instances
from engine.facts.actor import SYSTEM
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
    claims_all(parts, "ann")
    for task in tasks[:1]:
        with parts.begin(SYSTEM) as work:
            process_instances.suspend(work, task.process_instance_id)
    refused = run("user", "hand-over", "ann", "ben")
    assert (refused.exit_code, refused.stdout) == (1, "ben has 1 open task of ann now.\n")
    assert refused.stderr.startswith("order / Pack stays with ann: ") and "suspended" in refused.stderr
    for task in tasks[:1]:
        with parts.begin(SYSTEM) as work:
            process_instances.resume(work, task.process_instance_id)
    assert run("user", "hand-over", "ann", "ben").stdout == "ben has 1 open task of ann now.\n"
    with parts.begin(parts.organisation.find_actor("ben")) as work:  # type: ignore[arg-type]
        assert user_tasks.counts(work).mine == 2
    assert run("user", "hand-over", "ann", "nobody").exit_code == 1
    assert "Choose somebody else" in run("user", "hand-over", "ben", "ben").stderr


def claims_all(parts: Parts, person: str) -> None:
    actor = parts.organisation.find_actor(person)
    assert actor is not None
    with parts.begin(actor) as work:
        tasks = user_tasks.list_(work, user_tasks.UserTaskFilter(), limit=10).items
    for task in tasks:
        with parts.begin(actor) as work:
            user_tasks.claim(work, task.id)


def everything(parts: Parts) -> list[tuple[str, list[str]]]:
    """All rows of all tables."""
    with parts.begin(SYSTEM) as work:
        tables = [row.name for row in work.rows(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        return [(name, sorted(map(repr, work.rows(text(f'SELECT * FROM "{name}"'))))) for name in tables]


def test_a_preview_tells_what_leavers_have_and_changes_nothing(run: Run, company: Path, parts: Parts) -> None:
    claims_all(parts, "ann")
    before = everything(parts)
    company.write_text(COMPANY.replace("roles: [clerk]}", "roles: [clerk], active: no}"), encoding="utf-8")
    said = run("user", "import", str(company), "--preview").stdout
    assert "0 new, 1 changed, 4 as before." in said
    assert "Ann (ann) leaves, and has 2 open tasks." in said
    assert "liuzhuan user hand-over ann ID" in said
    assert "  2 × order / Pack\n" in said
    assert "2 open tasks would go to others by themselves:" in said
    assert "2 × order / Pack: from ann to role:clerk, role:process-administrator" in said
    assert "nothing is changed" in said
    assert everything(parts) == before
    assert "2 × order / Pack: from ann to role:clerk, role:process-administrator" in run("user", "import", str(company)).stdout


def test_a_preview_tells_what_nobody_could_do(run: Run, company: Path, parts: Parts) -> None:
    gone = COMPANY.replace("roles: [clerk]}", "rights: [start]}").replace("roles: [process-administrator]}", "roles: []}")
    company.write_text(gone, encoding="utf-8")
    said = run("user", "import", str(company), "--preview").stdout
    assert "Ann (ann) may not work any more, and has no open tasks." in said
    run("user", "import", str(company))
    company.write_text(gone.replace("Ann, ", "Anne, "), encoding="utf-8")
    said = run("user", "import", str(company), "--preview").stdout
    assert "2 open tasks would be left that nobody can do:" in said
    assert "2 × order / Pack: role:clerk, role:process-administrator" in said


@pytest.mark.parametrize("words", [(), ("--preview",)])
def test_what_a_file_leaves_out_is_told_with_what_still_names_it(
    run: Run, company: Path, parts: Parts, words: tuple[str, ...]
) -> None:
    renamed = COMPANY.replace("{id: clerk, name: 文员}", "{id: office-clerk, name: 文员}")
    company.write_text(renamed.replace("  - {id: ann, name: Ann, department: company, roles: [clerk]}\n", ""), encoding="utf-8")
    said = run("user", "import", str(company), *words).stdout
    assert "The role 文员 (clerk) is not in the file and stays; 1 person and 2 open tasks still name it." in said
    assert "Ann (ann) is not in the file and stays active, with 0 open tasks." in said
    claims_all(parts, "ann")
    said = run("user", "import", str(company), *words).stdout
    assert "The role 文员 (clerk) is not in the file and stays; 1 person and 0 open tasks still name it." in said
    assert "Ann (ann) is not in the file and stays active, with 2 open tasks." in said


def test_a_file_of_people_alone_says_nothing_of_roles(run: Run, company: Path, parts: Parts) -> None:
    company.write_text("people:\n" + COMPANY.partition("people:\n")[2], encoding="utf-8")
    assert "not in the file" not in run("user", "import", str(company)).stdout


def test_of_much_that_is_left_out_the_first_is_told(run: Run, company: Path, parts: Parts) -> None:
    many = "".join(f"  - {{id: p{number:02}, name: P{number}}}\n" for number in range(22))
    company.write_text(COMPANY + many, encoding="utf-8")
    run("user", "import", str(company))
    company.write_text(COMPANY, encoding="utf-8")
    said = run("user", "import", str(company)).stdout
    assert said.count("is not in the file and stays active") == 20
    assert "2 more are not in the file and stay." in said


def test_departments_that_move_or_are_left_out_are_told(run: Run, company: Path, parts: Parts) -> None:
    tree = COMPANY.replace("name: 公司}]", "name: 公司}, {id: east, name: 东区, parent: company}, {id: shop, name: 门店}]")
    company.write_text(tree.replace("id: ben, name: Ben, department: company", "id: ben, name: Ben, department: shop"))
    run("user", "import", str(company))
    company.write_text(tree.replace("{id: east, name: 东区, parent: company}, {id: shop, name: 门店}", "{id: east, name: 东区}"))
    said = run("user", "import", str(company), "--preview").stdout
    assert "The department 东区 (east) moves from company to the top." in said
    assert "The department 门店 (shop) is not in the file and stays; 0 people and 0 open tasks still name it." in said


def test_all_that_the_commands_of_people_say_is_said_in_chinese(
    run: Run, company: Path, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names, numbers and commands are what they are; no sentence is English."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    claims_all(parts, "ann")
    stranger = "  - {id: eva, name: Eva}\n"
    company.write_text(COMPANY + stranger, encoding="utf-8")
    told = [run("user", "import", str(company))]
    gone = COMPANY.replace("roles: [clerk]}", "active: no}").replace("{id: clerk, name: 文员}, ", "")
    company.write_text(gone, encoding="utf-8")
    told += [run("user", "import", str(company), "--preview"), run("user", "import", str(company))]
    told += [run("user", "hand-over", "eva", "ben"), run("user", "hand-over", "eva", "eva")]
    told += [run("user", "password", "eva", "--password-stdin", input="a better horse\n")]
    told += [run("user", "create", "uwe", "--name", "Uwe", "--password-stdin", input="a better horse\n")]
    words = {word for each in told for word in re.findall("[A-Za-z]{3,}", each.output)}
    assert words - {"liuzhuan", "user", "hand", "over", "order", "Pack", "role", "clerk", "process", "administrator"} <= {
        *("Ann", "ann", "ben", "Eva", "eva", "Uwe", "uwe", "active"),
    }
