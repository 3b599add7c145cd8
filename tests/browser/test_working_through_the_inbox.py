"""An employee with much to do: one task after the other, with files, on a phone, beside others who do the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine import process_instances
from tests.browser.filling import SCAN
from tests.browser.people import Employee
from tests.browser.site import Site
from tests.browser.test_every_page import sideways
from tests.processes import documents as filled

NAMES = ("甲公司", "乙公司")
UNAVAILABLE = "<div role='alert'><div><p>数据库暂不可用。</p></div></div>"


def waits(site: Site, *names: str) -> None:
    """Leads that chen.jing has registered, for the head of the business department to assess."""
    registrar = site.parts.organisation.find_actor("chen.jing")
    assert registrar is not None
    for name in names:
        with site.parts.begin(registrar) as work:
            process_instances.start(work, "business-intake", {**filled.LEAD, "customerName": name})


@pytest.fixture
def zhao(site: Site, employee: Callable[..., Employee]) -> Employee:
    """Two leads wait for her, and she has the list open."""
    waits(site, *NAMES)
    zhao = employee("zhao.min")
    zhao.opens("/user-tasks?list=claimable")
    return zhao


def opens(employee: Employee, name: str) -> Page:
    employee.page.locator(".row-title a", has_text=name).click()
    employee.settles()
    return employee.page


def test_the_next_task_opens_by_itself_unless_somebody_wants_the_list(site: Site, zhao: Employee) -> None:
    opens(zhao, "乙公司")
    zhao.decides(**filled.FITS)
    zhao.page.locator(".notice-success", has_text="这是下一项任务").wait_for()
    expect(zhao.page.locator("h1")).to_contain_text("甲公司")
    waits(site, "丙公司")
    zhao.settles()
    zhao.page.get_by_label("办结后打开下一项").uncheck()
    zhao.decides(**filled.FITS)
    zhao.page.wait_for_url("**/user-tasks")
    zhao.opens("/user-tasks?list=claimable")
    expect(opens(zhao, "丙公司").get_by_label("办结后打开下一项")).not_to_be_checked()


def test_keys_lead_on_and_back_and_tell_themselves(zhao: Employee) -> None:
    zhao.page.keyboard.press("?")
    expect(zhao.page.locator("#keys")).to_be_visible()
    zhao.page.keyboard.press("Escape")
    page = opens(zhao, "乙公司")
    page.keyboard.press("n")
    page.locator("h1", has_text="甲公司").wait_for()
    zhao.settles()
    page.keyboard.press("u")
    page.wait_for_url("**/user-tasks?list=claimable")


def test_files_are_dropped_beside_the_form_and_nothing_that_was_typed_is_lost(zhao: Employee) -> None:
    drafts: list[str] = []
    zhao.page.on("request", lambda request: drafts.append(request.url) if request.url.endswith("/draft") else None)
    page = opens(zhao, "甲公司")
    drop(page, "form[data-adds-files]", "情况说明.txt")
    page.locator("#files .attachment", has_text="情况说明.txt").wait_for()
    assert drafts == [], "looking at a task and adding a file is no draft"
    page.get_by_label("评估意见").fill("看附件")
    page.set_input_files("#more-files", SCAN)
    page.locator("#files .attachment", has_text=SCAN.name).wait_for()
    assert page.get_by_label("评估意见").input_value() == "看附件"


def drop(page: Page, selector: str, name: str) -> None:
    """As a hand lets a file go over the element."""
    transfer = page.evaluate_handle(
        """(name) => {
          const data = new DataTransfer();
          data.items.add(new File(["已与客户核实"], name, { type: "text/plain" }));
          return data;
        }""",
        name,
    )
    for kind in ("dragover", "drop"):
        page.dispatch_event(selector, kind, {"dataTransfer": transfer})


def test_an_open_page_learns_what_others_do(site: Site, zhao: Employee, employee: Callable[..., Employee]) -> None:
    """What a browser does by itself after a minute, or when somebody comes back to it, is asked for here at once."""
    page = opens(zhao, "甲公司")
    employee("zhao.min").completes("甲公司", "初步评估", **filled.FITS)
    comes_back(page)
    expect(page.locator("[data-task-state]")).to_contain_text("赵敏 已于 今天")
    expect(page.get_by_role("button", name="提交")).to_be_disabled()
    zhao.opens("/user-tasks?list=claimable")
    waits(site, "丙公司")
    comes_back(page)
    page.locator(".row-title a", has_text="丙公司").wait_for()
    expect(page.locator(".tab-count[data-waiting='claimable']")).to_have_text("2")


def comes_back(page: Page) -> None:
    page.evaluate("const now = Date.now; Date.now = () => now() + 60_000; dispatchEvent(new Event('focus')); Date.now = now")


@pytest.mark.parametrize(("language", "theme"), [("zh", "light"), ("en", "dark")])
def test_narrow_lists_and_paper_have_no_faults(
    language: str, theme: str, site: Site, employee: Callable[..., Employee], axe_violations: Callable[[Page], list[str]]
) -> None:
    waits(site, *NAMES)
    found = {}
    for person, list_ in (("zhao.min", "/user-tasks?list=claimable"), ("chen.jing", "/started")):
        reader = employee(person, language=language, theme=theme, width=360)
        page = reader.opens(list_)
        case = (page.locator(".row-title a").first.get_attribute("href") or "").partition("?")[0]
        for path in (list_, case, f"{case}/sheet"):
            reader.opens(path)
            found[path] = [*axe_violations(page), *([f"{sideways(page)} pixels too wide"] if sideways(page) > 0 else [])]
    assert {path: findings for path, findings in found.items() if findings} == {}


def test_on_a_wide_screen_the_list_stands_beside_the_task(site: Site, employee: Callable[..., Employee]) -> None:
    waits(site, *NAMES)
    zhao = employee("zhao.min", width=1760)
    zhao.opens("/user-tasks?list=claimable")
    page = opens(zhao, "乙公司")
    page.locator(".queue a[aria-current]", has_text="乙公司").wait_for()
    page.locator(".queue a", has_text="甲公司").click()
    page.locator("h1", has_text="甲公司").wait_for()


def test_a_list_stays_and_says_so_when_the_server_does_not_answer(zhao: Employee) -> None:
    page = zhao.page
    page.route("**/user-tasks?*q=*", lambda route: route.fulfill(status=503, content_type="text/html", body=UNAVAILABLE))
    zhao.may_be_refused = True
    page.get_by_role("searchbox").fill("甲")
    expect(page.locator(".notice-error")).to_have_text("数据库暂不可用。")
    expect(page.locator(".row-line")).to_have_count(2)
    page.unroute_all()
    page.get_by_role("searchbox").fill("甲公司")
    expect(page.locator(".row-line")).to_have_count(1)
    expect(page.locator(".notice-error")).to_have_count(0)
