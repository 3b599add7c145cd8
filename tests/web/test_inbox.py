"""The inbox: what waits for whom, found again by searching, claimed by one."""

from __future__ import annotations

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
