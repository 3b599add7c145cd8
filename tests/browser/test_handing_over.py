"""Who operates hands the tasks of somebody over, on a desk and on a phone, and reads what came of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from engine import process_instances
from engine.facts.actor import SYSTEM, Actor
from engine.people import user_tasks
from tests.browser.people import Employee, Theme
from tests.browser.site import Site
from tests.browser.styles import missing_styles
from tests.browser.test_every_page import sideways
from tests.processes import documents as filled


def actor(site: Site, person: str) -> Actor:
    found = site.parts.organisation.find_actor(person)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "theme", "width", "done"),
    [("zh", "light", 1280, "已转交 1 个任务给胡伟"), ("en", "dark", 390, "Hu Wei has 1 task more now.")],
)
def test_tasks_are_handed_over_and_what_stays_is_told(
    language: str,
    theme: Theme,
    width: int,
    done: str,
    site: Site,
    employee: Callable[..., Employee],
    axe_violations: Callable[[Page], list[str]],
) -> None:
    for name in ("甲公司", "乙公司"):
        with site.parts.begin(actor(site, "chen.jing")) as work:
            process_instances.start(work, "business-intake", {**filled.LEAD, "customerName": name})
    zhao = actor(site, "zhao.min")
    with site.parts.begin(zhao) as work:
        tasks = user_tasks.list_(work, user_tasks.UserTaskFilter(view="claimable"), limit=10).items
    for task in tasks:
        with site.parts.begin(zhao) as work:
            user_tasks.claim(work, task.id)
    with site.parts.begin(SYSTEM) as work:
        process_instances.suspend(work, tasks[0].process_instance_id)

    operator = employee("hu.wei", language=language, theme=theme, width=width)
    page = operator.opens("/organisation?q=zhao.min")

    def looks_well() -> None:
        assert [*axe_violations(page), *missing_styles(page)] == []
        assert sideways(page) <= 0

    looks_well()
    page.locator("td a[href*='/organisation/zhao.min']").click()
    page.wait_for_url("**/organisation/zhao.min")
    looks_well()
    page.fill("#to", "hu.wei")
    page.click("main button.btn-primary")
    expect(page.locator(".notice-success")).to_contain_text(done)
    expect(page.locator("main [role='alert'] li")).to_have_count(1)
    looks_well()
