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
WITH_OPINION = (
    PROCESS.replace(' liuzhuan:form="order"', "")
    .replace('"order"', '"judge"')
    .replace(
        '<liuzhuan:assignment strategy="initiator"/>',
        '<liuzhuan:assignment strategy="initiator"/><liuzhuan:outcome value="approve" name="同意"/>'
        '<liuzhuan:outcome value="reject" name="驳回" comment="required"/>',
    )
)
ORDER = form(
    field("textfield", "title", label="标题", validate={"required": True}),
    field("textfield", "phone", label="电话", validate={"validationType": "phone"}),
    field("number", "serial", label="序号"),
    field("number", "price", label="单价", decimalDigits=2),
    field("number", "pieces", label="件数", decimalDigits=0),
    field("textfield", "number", label="编号", readonly=True),
    rows("items", field("textfield", "name", label="名称"), label="明细", allowAddRemove=True, defaultRepetitions=1),
    rows("costs", field("number", "cost", decimalDigits=2), allowAddRemove=True, defaultRepetitions=1),
    field("expression", "total", expression="=sum(for each in costs return each.cost)", computeOn="change"),
)
VALUES = {"title": "纸", "items": [{"name": "打印纸"}, {"name": "墨盒"}]}


@pytest.fixture
def chen(site: Site, employee: Callable[..., Employee]) -> Employee:
    files = [File("forms/order.form.json", json.dumps(ORDER).encode()), File("processes/order.bpmn", PROCESS.encode())]
    files.append(File("processes/judge.bpmn", WITH_OPINION.encode()))
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


@pytest.mark.parametrize(
    ("label", "typed", "name", "kept"),
    [
        ("序号", "9007199254740993", "serial", 2**53 + 1),
        ("序号", "-9007199254740993", "serial", -(2**53) - 1),
        ("序号", "18446744073709551615", "serial", 2**64 - 1),
        ("序号", "１２", "serial", 12),
        ("序号", "0.0000001", "serial", 1e-7),
        ("单价", "1,000", "price", 1000),
        ("单价", "1,234,567.8", "price", 1234567.8),
        ("单价", " -0.50 ", "price", -0.5),
        ("件数", "15", "pieces", 15),
    ],
)
def test_a_number_is_kept_as_it_was_typed(label: str, typed: str, name: str, kept: float, chen: Employee) -> None:
    chen.opens("/start/order")
    chen.page.get_by_label("标题").fill("纸")
    chen.page.get_by_label(label).press_sequentially(typed)
    chen.decides()
    chen.page.wait_for_url("**/process-instances/*")
    assert variables(chen, chen.page.url)[name] == kept


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("单价", "1e21", "这不是数字，请用数字填写，例如 1234.5。"),
        ("单价", "1e400", "这不是数字，请用数字填写，例如 1234.5。"),
        ("单价", "abc", "这不是数字，请用数字填写，例如 1234.5。"),
        ("单价", "1,00", "这不是数字，请用数字填写，例如 1234.5。"),
        ("单价", "0.001", "数值应最多有 2 位小数."),
        ("件数", "1.5", "数值应为整数."),
        ("序号", "18446744073709551616", "数字位数过多，无法精确保存。"),
        ("序号", "0.12345678901234567890", "数字位数过多，无法精确保存。"),
        ("Cost", "99999999999999999999999.99", "数字位数过多，无法精确保存。"),
    ],
)
def test_a_number_that_cannot_be_taken_is_told_at_its_field_and_stays_as_it_was_typed(
    label: str, typed: str, said: str, chen: Employee
) -> None:
    chen.opens("/start/order")
    chen.page.get_by_label("标题").fill("纸")
    number = chen.page.get_by_label(label)
    number.press_sequentially(typed)
    sent: list[str] = []
    chen.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    chen.decides()
    expect(chen.page.locator(".fjs-has-errors .fjs-form-field-error")).to_have_text(said)
    expect(number).to_have_value(typed)
    assert not sent


def test_arrows_step_through_decimals(chen: Employee) -> None:
    chen.opens("/start/order")
    price = chen.page.get_by_label("单价")
    price.fill("0.1")
    for key, value in (("ArrowUp", "0.11"), ("ArrowDown", "0.10")):
        price.press(key)
        expect(price).to_have_value(value)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_missing_opinion_is_told_where_it_is_written(
    width: int, chen: Employee, site: Site, employee: Callable[..., Employee]
) -> None:
    somebody = employee("chen.jing", width=width)
    somebody.starts("judge")
    somebody.finds("订购", "核对")
    somebody.decides("驳回")
    said = somebody.page.locator("#comment-error")
    expect(said).to_have_text("请填写意见：此决定必须说明意见。")
    expect(said).to_be_in_viewport()
    expect(somebody.page.locator("#comment")).to_be_focused()
    expect(somebody.page.locator("#comment")).to_have_accessible_description("请填写意见：此决定必须说明意见。")
    somebody.decides("驳回", comment="太贵")
    somebody.page.wait_for_selector(".notice-success")
