"""The page of one task, and completing it as the script of the page does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from service.parts import Parts
from tests.web.conftest import MODELS
from tests.web.visitor import Page, Visitor


def test_the_page_shows_the_form_the_record_and_the_reason(approval: str, wang: Visitor) -> None:
    page = wang.opens(approval)
    assert page.title == "北京"
    assert "陈静" in page.text
    assert "交给市场营销部的“部门经理”" in page.text
    assert "部门经理（市场营销部）" in page.text
    assert {"同意", "不同意"} <= set(page.buttons())


def test_hidden_fields_never_leave_the_server(approval: str, wang: Visitor) -> None:
    assert "面谈" not in wang.opens(approval).response.get_data(as_text=True)


def test_read_only_fields_are_marked_in_the_form(approval: str, wang: Visitor) -> None:
    schema = json.loads(wang.opens(approval).data("data-form-schema"))
    readonly = {each["key"]: each.get("readonly", False) for each in schema["components"]}
    assert readonly == {"destination": True, "days": False, "companion": False}


def test_a_people_picker_offers_the_people_of_its_department(approval: str, wang: Visitor) -> None:
    schema = json.loads(wang.opens(approval).data("data-form-schema"))
    (picker,) = [each for each in schema["components"] if each["key"] == "companion"]
    assert {option["value"] for option in picker["values"]} == {"wang.lei", "lin.tao", "chen.jing", "xu.fang"}


def test_the_form_speaks_english_to_english_readers(approval: str, visitor) -> None:  # type: ignore[no-untyped-def]
    page = visitor("wang.lei", language="en").opens(approval)
    schema = json.loads(page.data("data-form-schema"))
    assert [each["label"] for each in schema["components"]] == ["Destination", "Days", "Companion"]
    assert "Approve" in page.buttons()
    assert "It goes to the role Department manager in Marketing." in page.text


def test_completing_leads_back_to_the_inbox(approval: str, wang: Visitor) -> None:
    answer = wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve", comment="早去早回")
    assert (answer.status, answer.json) == (200, {"next": "/user-tasks"})
    assert "“审批”已办结" in wang.opens("/user-tasks").text


def test_the_record_keeps_who_decided_what(approval: str, trip: str, wang: Visitor, chen: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve", comment="早去早回")
    page = chen.opens(trip)
    assert "王磊" in page.text
    assert "早去早回" in page.text
    assert "行政专员" in page.text


def test_wrong_values_come_back_with_their_fields(approval: str, wang: Visitor) -> None:
    answer = wang.sends(f"{approval}/complete", variables={"days": 31}, outcome="approve")
    assert answer.status == 422
    (problem,) = answer.json["problems"]
    assert problem["where"] == "days"
    assert problem["sentence"] == "天数：不能大于 30。"


def test_an_outcome_that_needs_a_comment_is_refused_without_one(approval: str, wang: Visitor) -> None:
    answer = wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="reject")
    assert answer.status == 422
    assert [problem["where"] for problem in answer.json["problems"]] == ["comment"]


def test_read_only_fields_cannot_be_changed(approval: str, trip: str, wang: Visitor, chen: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3, "destination": "巴黎"}, outcome="approve")
    assert chen.opens(trip).title == "北京"


def test_completing_a_task_twice_is_refused_with_who_and_when(approval: str, wang: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    answer = wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    assert answer.status == 409
    assert "王磊" in answer.json["detail"]


def test_a_done_task_can_be_read_but_has_no_buttons(approval: str, wang: Visitor) -> None:
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    page = wang.opens(approval)
    assert "王磊 已于" in page.text
    assert not {"同意", "不同意"} & set(page.buttons())


def test_people_without_a_part_in_it_find_nothing(approval: str, li: Visitor) -> None:
    assert li.opens(approval).status == 404
    assert li.sends(f"{approval}/complete", variables={}).status == 404


def test_whoever_operates_sees_it_but_does_not_complete_it(approval: str, dong: Visitor) -> None:
    page = dong.opens(approval)
    assert page.status == 200
    assert "同意" not in page.buttons()


def test_a_draft_is_there_when_the_page_is_opened_again(approval: str, wang: Visitor) -> None:
    assert wang.sends(f"{approval}/draft", data={"days": 7}).status == 200
    assert json.loads(wang.opens(approval).data("data-form-data"))["days"] == 7


def test_a_drafted_opinion_is_there_again_also_for_who_opens_the_task_next(
    approval: str, wang: Visitor, visitor: Callable[..., Visitor]
) -> None:
    wang.presses(f"{approval}/claim")
    assert wang.sends(f"{approval}/draft", data={"days": 7}, comment="先问一下财务").status == 200
    assert opinion(wang.opens(approval)) == "先问一下财务"
    wang.presses(f"{approval}/assign", person="li.na")
    assert opinion(visitor("li.na").opens(approval)) == "先问一下财务"


def opinion(page: Page) -> str:
    return str(page.tree.xpath("string(//textarea[@name='comment'])")).strip()


def test_after_completing_the_next_task_of_the_list_opens(approval: str, chen: Visitor, wang: Visitor) -> None:
    chen.sends("/start/trip", variables={"destination": "上海", "days": 1})
    other = wang.opens("/user-tasks?list=claimable").link("上海")
    answer = wang.sends(f"{approval}/complete?list=claimable", variables={"days": 3}, outcome="approve", goesOn=True)
    assert answer.json == {"next": other}
    assert "“审批”已办结，这是下一项任务。" in wang.opens(other).text


def test_after_the_last_task_the_inbox_opens(approval: str, wang: Visitor) -> None:
    answer = wang.sends(f"{approval}/complete?list=claimable", variables={"days": 3}, outcome="approve", goesOn=True)
    assert answer.json == {"next": "/user-tasks"}


def test_one_can_go_to_the_next_task_without_deciding(approval: str, chen: Visitor, wang: Visitor) -> None:
    assert "此列表没有其他任务了" in wang.follows(f"{approval}/next?list=claimable").text
    chen.sends("/start/trip", variables={"destination": "上海", "days": 1})
    assert wang.follows(f"{approval}/next?list=claimable").title == "上海"


def test_a_page_that_is_open_learns_that_somebody_else_has_done_the_task(approval: str, wang: Visitor) -> None:
    assert wang.opens(f"{approval}/state").json == {"sentence": "", "canComplete": True}
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    state = wang.opens(f"{approval}/state").json
    assert "王磊 已于 今天" in state["sentence"]
    assert not state["canComplete"]


def test_who_could_have_done_a_task_reads_who_has_it_now(approval: str, wang: Visitor) -> None:
    wang.presses(f"{approval}/claim")
    wang.presses(f"{approval}/assign", person="li.na")
    page = wang.opens(approval)
    assert page.status == 200
    assert "李娜 已认领此任务" in page.text
    assert page.links("回到待办")
    assert not {"同意", "不同意"} & set(page.buttons())


def test_the_record_tells_what_certainly_comes_next(approval: str, wang: Visitor) -> None:
    (coming,) = wang.opens(approval).tree.find_class("is-coming")
    assert "订票" in coming.text_content()


def test_the_lane_of_what_comes_next_is_named_in_the_readers_language(
    hu: Visitor, chen: Visitor, visitor: Callable[..., Visitor]
) -> None:
    lanes = '<laneSet><lane id="l" name="部门经理"><flowNodeRef>book</flowNodeRef></lane></laneSet><startEvent id="start"'
    model = (MODELS / "trip.bpmn").read_text().replace('<startEvent id="start"', lanes)
    answer = hu.uploads("/deployments", {"trip.bpmn": model.encode()})
    assert answer.status == 200, answer.json
    case = chen.sends("/start/trip", variables={"destination": "西安", "days": 3}).json["next"]
    for language, lane in (("en", "Department manager"), ("zh", "部门经理")):
        (coming,) = visitor("dong.hao", language=language).opens(case).tree.find_class("is-coming")
        assert lane in coming.text_content()


def test_files_stand_at_the_step_they_were_added_in(approval: str, wang: Visitor) -> None:
    wang.uploads(f"{approval}/attachments", {"行程.txt": b"x"})
    wang.sends(f"{approval}/complete", variables={"days": 3}, outcome="approve")
    steps = [step for step in wang.opens(approval).tree.find_class("record-step") if "行程.txt" in step.text_content()]
    assert ["王磊" in step.text_content() for step in steps] == [True]


def test_nonsense_instead_of_values_is_refused(approval: str, wang: Visitor) -> None:
    assert wang.sends(f"{approval}/complete", variables="much").status == 422


def test_a_draft_is_kept_at_a_moment_by_the_clock_of_the_company(
    wang: Visitor, approval: str, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every other moment of the page, wherever the browser is."""
    wang.presses(f"{approval}/claim")
    moment = datetime.now(UTC)
    monkeypatch.setattr(parts.database, "clock", lambda: moment)
    at = moment.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%H:%M")
    assert wang.sends(f"{approval}/draft", data={}, comment="再想想").json == {"saved": True, "at": at}
