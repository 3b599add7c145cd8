"""The page of one task, and completing it as the script of the page does."""

from __future__ import annotations

import json

from tests.web.visitor import Visitor


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


def test_nonsense_instead_of_values_is_refused(approval: str, wang: Visitor) -> None:
    assert wang.sends(f"{approval}/complete", variables="much").status == 422
