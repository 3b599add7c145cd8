"""Watching and repairing running processes."""

from __future__ import annotations

import json

import pytest

from tests.web.conftest import MODELS
from tests.web.visitor import Visitor


def test_the_list_finds_by_text_state_process_and_starter(trip: str, dong: Visitor) -> None:
    finding = ("q=北京", "state=running", "process=trip", "initiator=chen.jing", "q=北&state=running&process=trip")
    for query in (*finding, "process=trip&step=approve", "from=2020-01-01&to=2999-12-31", "from=nonsense"):
        assert dong.opens(f"/process-instances?{query}").links("北京"), query
    for query in (
        "q=上海",
        "state=ended",
        "process=other",
        "initiator=li.na",
        "incidents=1",
        "process=trip&step=book",
        "to=2020-01-01",
    ):
        assert not dong.opens(f"/process-instances?{query}").links("北京"), query


def test_the_list_counts_what_there_is_in_each_state(trip: str, dong: Visitor) -> None:
    dong.presses(f"{trip}/suspend")
    tabs = dong.opens("/process-instances?state=running&q=北京").tree.xpath("//nav[contains(@class, 'tabs')]/a")
    assert [" ".join(tab.itertext()).split() for tab in tabs] == [
        ["全部", "1"],
        ["运行中", "0"],
        ["已挂起", "1"],
        ["已结束", "0"],
    ]


def test_steps_are_offered_once_a_process_is_chosen(trip: str, dong: Visitor) -> None:
    assert not dong.opens("/process-instances").tree.xpath("//select[@name='step']")
    options = dong.opens("/process-instances?process=trip").tree.xpath("//select[@name='step']/option/text()")
    assert options == ["任意步骤", "start", "审批", "订票"]


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


def test_a_variable_says_who_changed_it_and_what_it_was(approval: str, trip: str, wang: Visitor, dong: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    page = dong.presses(f"{trip}/variables", name="days", value="5")
    (row,) = page.tree.xpath("//table[contains(@class, 'variables')]//tr[th/code='days']")
    changes = [" ".join(change.text_content().split()) for change in row.xpath(".//li")]
    assert [change.split()[-2:] for change in changes] == [["董浩", "5"], ["王磊", "3"]]


def test_the_reason_of_a_suspension_stands_in_the_history(trip: str, dong: Visitor) -> None:
    assert "原因：等预算" in dong.presses(f"{trip}/suspend", reason="等预算").text
    assert "原因：预算已批" in dong.presses(f"{trip}/resume", reason="预算已批").text


def test_the_page_shows_what_a_process_waits_for_beside_people(hu: Visitor, chen: Visitor, dong: Visitor) -> None:
    model = (MODELS / "trip.bpmn").read_text()
    book = '<userTask id="book" name="订票" liuzhuan:nameEn="Book">'
    timer = '<boundaryEvent id="late" name="太晚" attachedToRef="approve"><timerEventDefinition><timeDuration>P9D</timeDuration>'
    ends = '<endEvent id="e2"/><sequenceFlow id="f9" sourceRef="late" targetRef="e2"/>'
    late = f"{timer}</timerEventDefinition></boundaryEvent>{ends}"
    answer = hu.uploads("/deployments", {"trip.bpmn": model.replace(book, late + book).encode()})
    assert answer.status == 200, answer.json
    case = chen.sends("/start/trip", variables={"destination": "西安", "days": 3}).json["next"]
    waits = dong.opens(case).tree.xpath("string(//section[@aria-labelledby='waits-title'])")
    assert "太晚" in waits and "等到" in waits


def test_what_decisions_answered_stands_on_the_page(hu: Visitor, chen: Visitor, dong: Visitor) -> None:
    model = (MODELS / "trip.bpmn").read_text()
    flow = '<sequenceFlow id="f1" sourceRef="start" targetRef="approve"/>'
    asked = '<businessRuleTask id="decide" name="定票价" liuzhuan:decision="fare" liuzhuan:resultVariable="class"/>'
    detour = '<sequenceFlow id="f0" sourceRef="start" targetRef="decide"/>'
    asking = model.replace(flow, detour + asked + flow.replace('"start"', '"decide"'))
    answer = hu.uploads("/deployments", {"trip.bpmn": asking.encode(), "fare.dmn": (MODELS / "fare.dmn").read_bytes()})
    assert answer.status == 200, answer.json
    case = chen.sends("/start/trip", variables={"destination": "西安", "days": 3}).json["next"]
    made = dong.opens(case).tree.xpath("string(//section[@aria-labelledby='decisions-title'])")
    assert "定票价" in made and "规则 2" in made and '"business"' in made


def test_decisions_of_a_called_process_stand_there_by_the_names_of_its_steps(hu: Visitor, chen: Visitor, dong: Visitor) -> None:
    flow = '<sequenceFlow id="f1" sourceRef="start" targetRef="approve"/>'
    call = '<callActivity id="call" calledElement="fares"/><sequenceFlow id="f0" sourceRef="start" targetRef="call"/>'
    calling = (MODELS / "trip.bpmn").read_text().replace(flow, call + flow.replace('"start"', '"call"'))
    called = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1">'
        '<process id="fares" name="票价" isExecutable="true"><startEvent id="s"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="fare"/>'
        '<businessRuleTask id="fare" name="查票价" liuzhuan:decision="fare" liuzhuan:resultVariable="class"/>'
        "</process></definitions>"
    )
    files = {"trip.bpmn": calling.encode(), "fares.bpmn": called.encode(), "fare.dmn": (MODELS / "fare.dmn").read_bytes()}
    answer = hu.uploads("/deployments", files)
    assert answer.status == 200, answer.json
    case = chen.sends("/start/trip", variables={"destination": "西安", "days": 3}).json["next"]
    assert "查票价" in dong.opens(case).tree.xpath("string(//section[@aria-labelledby='decisions-title'])")


def test_an_overdue_step_is_marked_as_such_and_says_whom_it_waits_for(hu: Visitor, chen: Visitor, dong: Visitor) -> None:
    model = (MODELS / "trip.bpmn").read_text()
    late = model.replace('liuzhuan:due="P2D"', 'liuzhuan:due="2020-01-01T00:00:00Z"')
    answer = hu.uploads("/deployments", {"trip.bpmn": late.encode()})
    assert answer.status == 200, answer.json
    case = chen.sends("/start/trip", variables={"destination": "西安", "days": 3}).json["next"]
    mark = json.loads(dong.opens(case).data("data-markers"))["elements"]["approve"]
    assert mark["state"] == "overdue"
    assert "部门经理" in mark["title"] and "逾期" in mark["title"]


@pytest.mark.parametrize("value", ["five", ""])
def test_what_is_not_json_is_refused(value: str, trip: str, dong: Visitor) -> None:
    assert dong.presses(f"{trip}/variables", name="days", value=value).status == 422


@pytest.mark.parametrize("verb", ["suspend", "resume", "variables"])
def test_whoever_does_not_operate_may_not(verb: str, trip: str, chen: Visitor) -> None:
    assert chen.presses(f"{trip}/{verb}", name="days", value="1").status == 403
