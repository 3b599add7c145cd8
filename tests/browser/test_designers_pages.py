"""What designers and operators see in Chromium: diagrams, forms, decisions, webhooks, moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine.facts.actor import SYSTEM
from service.secrets import keeping
from tests.browser.people import Employee
from tests.browser.site import Site
from tests.processes import documents as filled
from tests.processes.models import ROOT


@pytest.mark.parametrize(("language", "name"), [("zh", "初步评估"), ("en", "Assess the lead")])
def test_a_diagram_speaks_the_language_of_the_page(language: str, name: str, employee: Callable[..., Employee]) -> None:
    page = employee("hu.wei", language=language).opens("/process-definitions/business-intake")
    page.wait_for_selector("[data-drawn]")
    drawn = page.eval_on_selector_all(
        ".djs-element[data-element-id='AssessLead'] text", "all => all.map(e => e.textContent).join(' ')"
    )
    assert "".join(drawn.split()) == "".join(name.split())


def test_no_chinese_is_left_in_the_diagrams_of_english_pages(employee: Callable[..., Employee]) -> None:
    visitor = employee("hu.wei", language="en")
    left = {}
    for path in sorted((ROOT / "processes").rglob("*.bpmn")):
        page = visitor.opens(f"/process-definitions/{path.stem}")
        page.wait_for_selector("[data-drawn]")
        texts = page.eval_on_selector_all(".djs-container text", "all => all.map(e => e.textContent)")
        left[path.stem] = [text for text in texts if any("一" <= letter <= "鿿" for letter in text)]
    assert {key: texts for key, texts in left.items() if texts} == {}


def test_a_form_is_drawn_in_both_languages(
    employee: Callable[..., Employee], axe_violations: Callable[[Page], list[str]]
) -> None:
    page = employee("hu.wei").opens("/forms/business/lead-registration")
    expect(page.locator("#preview-zh label", has_text="客户名称")).to_be_visible()
    page.get_by_role("tab", name="English").click()
    expect(page.locator("#preview-en label", has_text="Contact person")).to_be_visible()
    expect(page.locator("#preview-zh")).to_be_hidden()
    assert axe_violations(page) == []


def test_uploaded_files_can_be_looked_at_before_they_are_deployed(employee: Callable[..., Employee]) -> None:
    page = employee("hu.wei").opens("/deployments/new")
    files = ["processes/business/collection-stage.dmn", "forms/business/lead-registration.form.json"]
    page.set_input_files("input[type=file]", [str(ROOT / file) for file in files])
    page.click("button[value=check]")
    page.locator("[data-answer] summary", has_text="催收阶段").click()
    expect(page.locator("[data-answer] .decision-table")).to_be_visible()
    page.locator("[data-answer] summary", has_text="业务线索登记表").click()
    expect(page.locator("[data-answer] .fjs-form label", has_text="客户名称").first).to_be_visible()


def test_who_operates_reads_the_form_of_a_task_that_others_do(employee: Callable[..., Employee]) -> None:
    employee("chen.jing").starts("business-intake", **filled.LEAD)
    manager = employee("zhao.min")
    manager.finds(filled.LEAD["customerName"], "初步评估")
    page = employee("dong.hao").opens(manager.page.url.removeprefix(manager.site.address).partition("?")[0])
    opinion = page.get_by_label("评估意见")
    expect(opinion).to_be_visible()
    assert opinion.get_attribute("readonly") is not None
    expect(page.locator("form[data-decision]")).to_have_count(0)


def test_a_decision_marks_the_rule_that_fits(employee: Callable[..., Employee]) -> None:
    page = employee("hu.wei").opens("/decisions/collection-stage")
    page.get_by_label("round").fill("2")
    page.get_by_role("button", name="试算").click()
    expect(page.locator("#logic tr.is-matched th")).to_contain_text("2")
    expect(page.locator("#answer")).to_contain_text('"days": 15')


def test_a_webhook_is_rehearsed_on_its_page(
    employee: Callable[..., Employee], axe_violations: Callable[[Page], list[str]]
) -> None:
    page = employee("hu.wei").opens("/webhook-endpoints/new")
    page.get_by_label("名称", exact=True).fill("bank")
    page.get_by_label("作用").select_option("message")
    page.get_by_label("流程标识，或消息、信号的名称").fill("payment-received")
    page.get_by_label("变量（FEEL）").fill("= {paymentAmount: body.amount}")
    page.get_by_role("button", name="创建端点").click()
    page.get_by_label("样例正文（JSON）").fill('{"amount": 100}')
    page.get_by_role("button", name="预演").click()
    expect(page.locator("#trial")).to_contain_text("没有流程在等待该消息")
    expect(page.locator("#trial")).to_contain_text('"paymentAmount": 100')
    assert axe_violations(page) == []


def test_a_move_is_seen_before_it_happens(employee: Callable[..., Employee]) -> None:
    case = employee("chen.jing").starts("business-intake", **filled.LEAD)
    page = employee("dong.hao").opens(f"{case}/move")
    page.get_by_label("步骤").select_option("AnalyseNeeds")
    page.locator("input[name=cancel]").first.check()
    page.get_by_role("button", name="预演").click()
    expect(page.locator("#preview dd").nth(1)).to_have_text("初步沟通")
    page.get_by_label("原因").fill("客户要求")
    page.get_by_role("button", name="移动").click()
    page.locator("#confirmation [data-yes]").click()
    expect(page.locator(".notice-success")).to_contain_text("流程已移动")


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (1280, "en"), (390, "en")])
def test_what_can_be_done_with_a_secret_stands_in_one_row_and_deleting_is_red(
    employee: Callable[..., Employee], site: Site, width: int, language: str
) -> None:
    with site.parts.begin(SYSTEM) as work:
        keeping.set_(work, site.parts.secrets, "crm-token", "a token of many letters", ["api.crm.example.com"])
    page = employee("hu.wei", language=language, width=width).opens("/secrets")
    renew, delete = (page.locator(f".row-acts {kind}").bounding_box() for kind in ("a.btn", "button"))
    assert renew and delete
    assert abs(renew["y"] - delete["y"]) < 1
    assert delete["x"] - renew["x"] - renew["width"] >= 4
    page.locator(".row-acts button").click()
    yes = page.locator("#confirmation [data-yes]")
    expect(yes).to_be_visible()
    colours = "each => getComputedStyle(each).borderTopColor"
    assert yes.evaluate(colours) == page.locator(".row-acts button").evaluate(colours)
