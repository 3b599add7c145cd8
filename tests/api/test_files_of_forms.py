"""Files that the values of a form name: those that are there, for who names them, and nothing else."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from tests.api.conftest import As, Reply, codes
from tests.api.test_attachments import add
from tests.api.test_forms import PROCESS
from tests.forms.schemas import field, form, rows

FILES = field("filepicker", "files", multiple=True)
FORM = form(FILES, rows("lines", field("filepicker", "scan")))
WITH_START = PROCESS.replace('<startEvent id="start"/>', '<startEvent id="start" liuzhuan:form="order"/>')
START = "/process-definitions/order/start"
NONE = "01900000-0000-7000-8000-000000000001"


def value(added: Reply) -> dict[str, Any]:
    return {name: added.json[name] for name in ("id", "name", "size")}


def wrong(answer: Reply) -> list[tuple[str, str]]:
    assert codes(answer) == (422, "variables_refused"), answer.json
    return [(each["where"], each["rule"]) for each in answer.json["errors"]]


@pytest.fixture(params=[FORM, form(FILES, field("textfield", "x", validate={"pattern": r"^(.+)\1$"}))], ids=["here", "form-js"])
def order(request: pytest.FixtureRequest, dora: As) -> None:
    """Its form is judged in Python, and one that only form-js can judge."""
    files = [(BytesIO(WITH_START.encode()), "order.bpmn"), (BytesIO(json.dumps(request.param).encode()), "order.form.json")]
    assert dora.request("POST", "/deployments", data={"files": files}, content_type="multipart/form-data").status_code == 201


@pytest.fixture
def task(order: None, alice: As) -> str:
    alice.post(START, {"variables": {}})
    (item,) = alice.get("/user-tasks").json["items"]
    return str(item["id"])


def test_a_file_of_the_case_is_taken_and_stays_when_it_is_sent_again(task: str, alice: As, oscar: As) -> None:
    scan = value(add(alice, userTaskId=task))
    done = alice.post(f"/user-tasks/{task}/complete", {"variables": {"files": [scan]}})
    assert done.status_code == 200, done.json
    assert oscar.get(f"/process-instances/{done.json['processInstanceId']}/variables").json["files"] == [scan]


def test_a_file_added_before_the_start_belongs_to_the_process_afterwards(order: None, alice: As) -> None:
    scan = value(add(alice))
    started = alice.post(START, {"variables": {"files": [scan]}})
    assert started.status_code == 201, started.json
    (kept,) = alice.get("/attachments", processInstanceId=started.json["id"]).json["items"]
    assert kept["id"] == scan["id"]


@pytest.mark.parametrize("order", [FORM], indirect=True)
def test_a_file_in_a_row_belongs_to_the_process_too(order: None, alice: As) -> None:
    scan = value(add(alice))
    started = alice.post(START, {"variables": {"lines": [{"scan": [scan]}]}})
    assert [each["id"] for each in alice.get("/attachments", processInstanceId=started.json["id"]).json["items"]] == [scan["id"]]


@pytest.mark.parametrize("change", [{"id": NONE}, {"id": "../../etc"}, {"name": "invoice.pdf"}, {"size": 1}])
def test_a_file_that_is_another_than_it_says_is_refused(change: dict[str, Any], task: str, alice: As) -> None:
    scan = {**value(add(alice, userTaskId=task)), **change}
    answer = alice.post(f"/user-tasks/{task}/complete", {"variables": {"files": [scan]}})
    assert wrong(answer) == [("files", "file")]
    assert scan["name"] in answer.json["errors"][0]["sentence"]


@pytest.mark.parametrize("sent", ["nope", {"a": {"b": 1}}, [5, {"x": 1}, {"id": "../../etc"}]])
def test_what_is_no_list_of_files_is_refused(sent: Any, task: str, alice: As) -> None:
    (where, *_) = wrong(alice.post(f"/user-tasks/{task}/complete", {"variables": {"files": sent}}))
    assert where[0] == "files"


@pytest.mark.parametrize("order", [FORM], indirect=True)
def test_a_file_in_a_row_is_refused_at_its_row(task: str, alice: As) -> None:
    lines = [{}, {"scan": [{"id": NONE, "name": "a", "size": 1}]}]
    answer = alice.post(f"/user-tasks/{task}/complete", {"variables": {"lines": lines}})
    assert wrong(answer) == [("lines[1].scan", "file")]


def test_files_of_others_are_refused_at_a_task_and_at_a_start(task: str, alice: As, bob: As, approval: str) -> None:
    for added in (add(bob), add(bob, userTaskId=approval)):
        sent = {"variables": {"files": [value(added)]}}
        assert wrong(alice.post(f"/user-tasks/{task}/complete", sent)) == [("files", "file")]
        assert wrong(alice.post(START, sent)) == [("files", "file")]


def test_ids_beside_the_values_are_held_to_as_well(approval: str, bob: As, alice: As) -> None:
    stranger = add(alice).json["id"]
    for id in (NONE, stranger):
        answer = bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve", "attachments": [id]})
        assert wrong(answer) == [("attachments[0]", "attachment")]
    mine = add(bob).json["id"]
    assert bob.post(f"/user-tasks/{approval}/complete", {"outcome": "approve", "attachments": [mine]}).status_code == 200
