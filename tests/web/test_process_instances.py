"""Watching and repairing running processes."""

from __future__ import annotations

import json

import pytest

from tests.web.visitor import Visitor


def test_the_list_finds_by_text_state_process_and_starter(trip: str, dong: Visitor) -> None:
    for query in ("q=北京", "state=running", "process=trip", "initiator=chen.jing", "q=北&state=running&process=trip"):
        assert dong.opens(f"/process-instances?{query}").links("北京"), query
    for query in ("q=上海", "state=ended", "process=other", "initiator=li.na", "incidents=1"):
        assert not dong.opens(f"/process-instances?{query}").links("北京"), query


def test_the_page_shows_variables_history_and_record(trip: str, dong: Visitor) -> None:
    page = dong.opens(trip)
    assert '"北京"' in page.text
    assert "陈静 发起了流程" in page.text
    assert "“审批”等待办理" in page.text


def test_the_diagram_marks_what_is_done_and_where_it_is(approval: str, trip: str, wang: Visitor, dong: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    marks = json.loads(dong.opens(trip).data("data-markers"))
    assert {id: mark["state"] for id, mark in marks["elements"].items()} == {
        "start": "completed",
        "approve": "completed",
        "book": "active",
    }
    assert marks["flows"] == ["f1", "f2"]


def test_a_suspended_process_waits_until_it_is_resumed(approval: str, trip: str, wang: Visitor, dong: Visitor) -> None:
    assert "已挂起" in dong.presses(f"{trip}/suspend").text
    assert wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve").status == 409
    assert "运行中" in dong.presses(f"{trip}/resume").text
    assert wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve").status == 200


def test_a_variable_is_changed_as_json(trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{trip}/variables", name="days", value="5")
    assert "“days”已修改" in page.text
    assert page.tree.xpath("//button[@data-name='days']/@data-value") == ["5"]


@pytest.mark.parametrize("value", ["five", ""])
def test_what_is_not_json_is_refused(value: str, trip: str, dong: Visitor) -> None:
    assert dong.presses(f"{trip}/variables", name="days", value=value).status == 422


@pytest.mark.parametrize("verb", ["suspend", "resume", "variables"])
def test_whoever_does_not_operate_may_not(verb: str, trip: str, chen: Visitor) -> None:
    assert chen.presses(f"{trip}/{verb}", name="days", value="1").status == 403
