"""Forms in a real browser: what the page sends of a list, and where it shows what only the server refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from engine import access, process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from tests.browser.people import Employee
from tests.browser.site import Site
from tests.forms.schemas import field, form, rows

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="urn:x" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1">
<process id="order" name="订购" liuzhuan:nameEn="Order" isExecutable="true">
<startEvent id="start" liuzhuan:form="order"/><userTask id="check" name="核对" liuzhuan:nameEn="Check" liuzhuan:form="order">
<extensionElements><liuzhuan:assignment strategy="initiator"/></extensionElements></userTask>
<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
<sequenceFlow id="f2" sourceRef="check" targetRef="end"/></process></definitions>"""
ORDER = form(
    field("textfield", "title", label="标题", validate={"required": True}),
    field("textfield", "phone", label="电话", validate={"validationType": "phone"}),
    field("number", "serial", label="序号"),
    field("textfield", "number", label="编号", readonly=True),
    rows("items", field("textfield", "name", label="名称"), label="明细", allowAddRemove=True, defaultRepetitions=1),
)
VALUES = {"title": "纸", "items": [{"name": "打印纸"}, {"name": "墨盒"}]}


@pytest.fixture
def chen(site: Site, employee: Callable[..., Employee]) -> Employee:
    files = [File("forms/order.form.json", json.dumps(ORDER).encode()), File("processes/order.bpmn", PROCESS.encode())]
    with site.parts.begin(SYSTEM) as work:
        deployments.deploy(work, files, name="order")
    return employee("chen.jing")


def variables(chen: Employee, case: str) -> dict[str, Any]:
    with chen.site.parts.begin(SYSTEM) as work:
        stored = access.process_instance_with_state(work, UUID(case.rpartition("/")[2]), to="see")
        return dict(process_instances.variables(work, stored))


def test_a_list_from_which_all_rows_were_removed_is_empty_afterwards(chen: Employee) -> None:
    case = chen.starts("order", **VALUES)
    assert variables(chen, case)["items"] == VALUES["items"]
    chen.finds("订购", "核对")
    for _ in VALUES["items"]:
        chen.page.locator(".fjs-repeat-row-remove").first.click()
    chen.decides()
    chen.page.wait_for_selector(".notice-success")
    assert variables(chen, case)["items"] == []


def test_what_only_the_server_refuses_is_shown_at_its_field(chen: Employee) -> None:
    chen.may_be_refused = True
    chen.opens("/start/order")
    chen.decides(title="纸", phone="x+8613800000000")
    wrong = chen.page.locator(".fjs-form-field-textfield.fjs-has-errors")
    expect(wrong).to_have_count(1)
    expect(wrong.locator(".fjs-form-field-error")).to_have_text("请填写带国家代码的电话号码，例如 +8613800000000。")


def test_a_number_that_javascript_would_round_comes_back_as_it_was(chen: Employee) -> None:
    values = {"title": "纸", "serial": 2**53 + 1, "number": 2**53 + 3}
    actor = chen.site.parts.organisation.find_actor("chen.jing")
    assert actor is not None
    with chen.site.parts.begin(actor) as work:
        case = f"/process-instances/{process_instances.start(work, 'order', values).id}"
    chen.finds("订购", "核对")
    with chen.page.expect_response("**/draft") as saved:
        chen.page.get_by_label("标题").fill("墨")
    assert saved.value.ok
    chen.page.reload()
    chen.settles()
    chen.decides()
    chen.page.wait_for_selector(".notice-success")
    after = variables(chen, case)
    assert (after["title"], after["serial"], after["number"]) == ("墨", 2**53 + 1, 2**53 + 3)
