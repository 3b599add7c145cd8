"""Two people have the same task open: the first decision counts, the second person reads who made it and when."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Employee
from tests.processes import documents as filled

TITLE = "杭州远景机械有限公司"


def test_the_slower_of_two_people_sees_who_completed_the_task_and_when(employee: Callable[..., Employee]) -> None:
    zhao, late = employee("zhao.min"), employee("zhao.min")
    employee("chen.jing").starts("business-intake", **filled.LEAD)
    for each in (zhao, late):
        each.finds(TITLE, "初步评估")
    zhao.decides(**filled.FITS)
    zhao.page.wait_for_url("**/user-tasks")
    late.may_be_refused = True
    late.decides(**filled.FITS)
    expect(late.page.locator("[data-summary]")).to_contain_text("赵敏已于今天")
    expect(late.page.locator("[data-summary]")).to_contain_text("办结")


def test_a_claimed_task_leaves_the_list_of_the_others(employee: Callable[..., Employee]) -> None:
    chen = employee("chen.jing")
    chen.starts("seal-usage", **filled.SEAL)
    wang = employee("wang.lei")
    wang.opens("/user-tasks?list=claimable")
    wang.page.get_by_role("button", name="认领").first.click()
    wang.page.wait_for_url("**/user-tasks/*")
    expect(wang.page.locator(".notice-success")).to_have_text("任务已认领，由您办理。")
