"""Starting a process, and following what one has started."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from service.parts import Parts
from tests.web.visitor import Visitor


def test_the_start_page_names_what_may_be_started_with_its_description(chen: Visitor) -> None:
    page = chen.opens("/start")
    assert page.link("出差申请") == "/start/trip"
    assert "出差之前申请，批准之后订票。" in page.text
    assert "财务" in page.text


def test_a_started_process_shows_where_it_is(trip: str, chen: Visitor) -> None:
    page = chen.opens("/started")
    assert page.link("北京") == trip
    assert "审批" in page.text
    assert "部门经理（市场营销部）" in page.text


def test_values_the_form_does_not_accept_come_back(chen: Visitor) -> None:
    answer = chen.sends("/start/trip", variables={"destination": ""})
    assert answer.status == 422
    assert {problem["where"] for problem in answer.json["problems"]} == {"destination", "days"}


def test_withdrawing_needs_a_reason_and_closes_the_tasks(trip: str, chen: Visitor, wang: Visitor) -> None:
    assert chen.presses(f"{trip}/cancel", reason="").status == 422
    page = chen.presses(f"{trip}/cancel", reason="改期")
    assert "已取消" in page.text
    assert "改期" in page.text
    assert not wang.opens("/user-tasks?list=claimable").links("北京")


def test_others_cannot_withdraw_it(trip: str, li: Visitor, wang: Visitor) -> None:
    assert li.presses(f"{trip}/cancel", reason="x").status == 404
    assert wang.presses(f"{trip}/cancel", reason="x").status == 403


def test_the_starter_sees_neither_variables_nor_history(trip: str, chen: Visitor, dong: Visitor) -> None:
    assert "变量" not in chen.opens(trip).text
    assert "变量" in dong.opens(trip).text


def test_a_state_narrows_the_list(trip: str, chen: Visitor) -> None:
    assert chen.opens("/started?state=running").links("北京")
    assert not chen.opens("/started?state=ended").links("北京")


def test_who_has_started_it_reads_what_they_asked_for(trip: str, chen: Visitor, wang: Visitor, dong: Visitor) -> None:
    assert "申请内容" in chen.opens(trip).text
    assert "面谈" in chen.opens(trip).text
    assert "面谈" in dong.opens(trip).text
    assert "面谈" not in wang.opens(trip).text


@pytest.fixture
def asked(parts: Parts) -> list[str]:
    """Every statement from here on."""
    statements: list[str] = []
    event.listen(parts.database.engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    return statements


def test_a_longer_list_asks_the_database_no_more_often(chen: Visitor, trip: str, asked: list[str]) -> None:
    chen.opens("/started")
    once = len(asked)
    for number in range(3):
        chen.sends("/start/trip", variables={"destination": f"城市{number}", "days": 1})
    asked.clear()
    assert len(chen.opens("/started").links("城市")) == 3
    assert len(asked) == once
