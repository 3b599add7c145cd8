"""Every page of the route table, as different people in both languages and themes, on a desk and on a phone: nothing to complain
about, and no style missing.

The fixture `employee` fails a test when the console has an error or the content security policy was violated.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import pages
from tests.browser.people import Employee, Theme
from tests.browser.site import Site
from tests.browser.styles import missing_styles
from tests.processes import documents as filled

PHONE = 360


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("language", "theme", "width"), [("zh", "light", 1280), ("en", "dark", PHONE)])
def test_everybody_can_use_every_page(
    language: str,
    theme: Theme,
    width: int,
    site: Site,
    employee: Callable[..., Employee],
    axe_violations: Callable[[Page], list[str]],
) -> None:
    case = employee("chen.jing").starts("business-intake", **filled.LEAD)
    administrator = employee("hu.wei", language=language, theme=theme, width=width)
    manager = employee("zhao.min", language=language, theme=theme, width=width)
    manager.finds(filled.LEAD["customerName"], "Assess the lead" if language == "en" else "初步评估")
    task = manager.page.url.removeprefix(manager.site.address)
    found = {}
    addresses = [(manager, task), *((administrator, path) for path in pages(site.app, site.parts, case, task))]
    for visitor, path in addresses:
        page = visitor.opens(path)
        found[path] = [*axe_violations(page), *missing_styles(page)]
        found[path] += [f"{sideways(page)} pixels too wide"] if sideways(page) > 0 else []
    assert {path: findings for path, findings in found.items() if findings} == {}
    assert len(found) > 25


def test_no_column_is_cut_on_a_desk(site: Site, employee: Callable[..., Employee]) -> None:
    """In English, whose words are the longer ones."""
    case = employee("chen.jing").starts("business-intake", **filled.LEAD)
    manager = employee("zhao.min", language="en")
    manager.finds(filled.LEAD["customerName"], "Assess the lead")
    task = manager.page.url.removeprefix(manager.site.address)
    administrator = employee("hu.wei", language="en")
    cut = {}
    for path in pages(site.app, site.parts, case, task):
        wraps = administrator.opens(path).locator(".table-wrap")
        cut[path] = wraps.evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth).filter(more => more > 0)")
    assert {path: pixels for path, pixels in cut.items() if pixels} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_sign_in(
    theme: Theme, employee: Callable[..., Employee], axe_violations: Callable[[Page], list[str]]
) -> None:
    stranger = employee("", theme=theme, width=PHONE)
    page = stranger.opens("/sign-in")
    assert [*axe_violations(page), *missing_styles(page)] == []
    assert sideways(page) <= 0


def test_a_missing_style_is_noticed(employee: Callable[..., Employee]) -> None:
    chen = employee("chen.jing")
    page = chen.opens("/start/business-intake")
    page.evaluate("document.querySelector('link[href*=task]').remove()")
    assert any(".decision-buttons" in each for each in missing_styles(page))
    chen.opens("/user-tasks")


def test_keys_move_through_the_inbox(employee: Callable[..., Employee]) -> None:
    chen = employee("chen.jing")
    for name in ("甲公司", "乙公司"):
        chen.starts("business-intake", **{**filled.LEAD, "customerName": name})
    zhao = employee("zhao.min")
    page = zhao.opens("/user-tasks?list=claimable")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "甲公司" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert "乙公司" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("/")
    page.keyboard.type("甲公司")
    page.locator("#rows .row-line").filter(has_text="乙公司").wait_for(state="detached")
    assert "q=" in page.url
    page.keyboard.press("Tab")
    page.locator(".row-title a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/user-tasks/*")


def test_a_draft_saves_itself_and_is_there_again(employee: Callable[..., Employee]) -> None:
    employee("chen.jing").starts("business-intake", **filled.LEAD)
    zhao = employee("zhao.min")
    zhao.finds(filled.LEAD["customerName"], "初步评估")
    zhao.page.get_by_label("评估意见").fill("再想想")
    zhao.page.locator("[data-draft-state]", has_text="草稿已保存").wait_for()
    zhao.page.reload()
    zhao.settles()
    assert zhao.page.get_by_label("评估意见").input_value() == "再想想"


def test_what_is_missing_is_said_at_the_field_in_the_summary_and_by_the_focus(employee: Callable[..., Employee]) -> None:
    page = employee("chen.jing").opens("/start/business-intake")
    page.click("form[data-decision] button.btn-primary")
    page.locator("[data-summary] li", has_text="客户名称：请填写此项。").wait_for()
    page.locator("[data-summary] button", has_text="客户名称").click()
    assert "customer-name" in page.evaluate("document.activeElement.id")
