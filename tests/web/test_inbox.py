"""The inbox: what waits for whom, found again by searching, claimed by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from service.web.filters import due_span
from tests.web.visitor import Visitor


def test_an_empty_inbox_says_so(chen: Visitor) -> None:
    assert "全部办完了" in chen.opens("/user-tasks").text


def test_a_task_for_a_role_waits_in_the_list_to_claim(trip: str, wang: Visitor) -> None:
    page = wang.opens("/user-tasks?list=claimable")
    assert page.links("北京")
    assert "市场营销部" in page.text
    assert "审批" in page.text
    assert "紧急" in page.text
    assert "还剩" in page.text


def test_others_do_not_see_it(trip: str, li: Visitor) -> None:
    assert not li.opens("/user-tasks?list=claimable").links("北京")


def test_claiming_moves_the_task_to_ones_own_list(approval: str, wang: Visitor) -> None:
    page = wang.presses(f"{approval}/claim")
    assert "任务已认领" in page.text
    assert wang.opens("/user-tasks").links("北京")
    assert not wang.opens("/user-tasks?list=claimable").links("北京")


def test_giving_back_returns_it_to_all_candidates(approval: str, wang: Visitor) -> None:
    wang.presses(f"{approval}/claim")
    wang.presses(f"{approval}/unclaim")
    assert wang.opens("/user-tasks?list=claimable").links("北京")


def test_handing_over_gives_it_to_somebody_else(approval: str, wang: Visitor, li: Visitor) -> None:
    wang.presses(f"{approval}/claim")
    wang.presses(f"{approval}/assign", person="li.na")
    assert li.opens("/user-tasks").links("北京")
    assert not wang.opens("/user-tasks").links("北京")


def test_handing_over_to_nobody_is_refused(approval: str, wang: Visitor) -> None:
    wang.presses(f"{approval}/claim")
    assert wang.presses(f"{approval}/assign", person="nobody").status == 422


def test_a_search_finds_by_title(trip: str, wang: Visitor) -> None:
    assert wang.opens("/user-tasks?list=claimable&q=北京").links("北京")
    assert "没有符合条件的结果" in wang.opens("/user-tasks?list=claimable&q=上海").text


@pytest.mark.parametrize("text", ["陈静", "chen jing", "审批", "approve", "3", "北京"])
def test_a_search_finds_what_a_row_shows(text: str, trip: str, wang: Visitor) -> None:
    assert wang.opens(f"/user-tasks?list=claimable&q={text}").links("北京")


@pytest.mark.parametrize("text", ["%25", "_", "李娜", "3_"])
def test_a_search_finds_nothing_else(text: str, trip: str, wang: Visitor) -> None:
    assert not wang.opens(f"/user-tasks?list=claimable&q={text}").links("北京")


def test_a_row_shows_the_summary_in_the_reader_s_language(trip: str, wang: Visitor, visitor: Callable[..., Visitor]) -> None:
    assert "3 天 天数" in wang.opens("/user-tasks?list=claimable").text
    assert "3 d Days" in visitor("wang.lei", language="en").opens("/user-tasks?list=claimable").text


@pytest.mark.parametrize(("due", "is_found"), [("overdue", False), ("none", False), ("", True), ("someday", True)])
def test_due_dates_narrow_the_list(due: str, is_found: bool, trip: str, wang: Visitor) -> None:
    assert bool(wang.opens(f"/user-tasks?list=claimable&due={due}").links("北京")) == is_found


def test_days_and_weeks_begin_at_midnight_of_the_reader() -> None:
    """Half past midnight on a Sunday in Shanghai is still Saturday in London."""
    sunday = datetime(2026, 11, 22, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    spans = {due: due_span(due, sunday) for due in ("overdue", "today", "week")}
    assert spans["overdue"] == {"due_before": sunday}
    assert [moment.isoformat() for moment in spans["today"].values()] == [
        "2026-11-22T00:00:00+08:00",
        "2026-11-23T00:00:00+08:00",
    ]
    assert [moment.isoformat() for moment in spans["week"].values()] == ["2026-11-16T00:00:00+08:00", "2026-11-23T00:00:00+08:00"]


def test_only_urgent_work_can_be_shown(trip: str, wang: Visitor) -> None:
    page = wang.opens("/user-tasks?list=claimable&urgent=1")
    assert page.links("北京")
    assert page.tree.xpath("//input[@name='urgent']/@checked")


def test_a_task_knows_the_list_it_was_opened_from(trip: str, wang: Visitor) -> None:
    address = wang.opens("/user-tasks?list=claimable&urgent=1&sort=due").link("北京")
    assert address.partition("?")[2] == "list=claimable&urgent=1&sort=due"
    back = wang.opens(address).tree.xpath("//a[@data-key='u']/@href")
    assert back == ["/user-tasks?list=claimable&urgent=1&sort=due"]


def test_the_list_beside_a_task_marks_the_one_that_is_open(approval: str, wang: Visitor) -> None:
    id = approval.rpartition("/")[2]
    page = wang.opens(f"/user-tasks?list=claimable&pane=1&current={id}")
    assert page.tree.xpath("//a[@aria-current='page']/@href") == [f"{approval}?list=claimable"]
    assert "<html" not in page.response.get_data(as_text=True)


def test_an_open_page_asks_how_much_waits(trip: str, wang: Visitor) -> None:
    assert wang.opens("/user-tasks/waiting").json == {"mine": 0, "claimable": 1, "unread": 0}


def test_a_filter_of_an_old_bookmark_still_opens_the_list(wang: Visitor) -> None:
    assert wang.opens("/user-tasks?list=gone&sort=strange").status == 200


def test_what_is_done_stays_in_the_list_of_done_tasks(approval: str, wang: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    assert wang.opens("/user-tasks?list=done").links("北京")


def test_more_rows_come_page_by_page(chen: Visitor, wang: Visitor) -> None:
    for number in range(27):
        chen.sends("/start/trip", variables={"destination": f"城市{number:02}", "days": 1})
    first = wang.opens("/user-tasks?list=claimable")
    assert len(first.links("城市")) == 25
    more = wang.opens(first.link("显示更多"), **{"HX-Request": "true"})
    assert sorted(link.text_content() for link in more.tree.xpath("//a")) == ["城市00", "城市01"]
    assert "<html" not in more.response.get_data(as_text=True)


def test_the_numbers_beside_the_tabs_count(trip: str, wang: Visitor) -> None:
    assert "可认领 1" in wang.opens("/user-tasks").text.replace("可认领1", "可认领 1")
