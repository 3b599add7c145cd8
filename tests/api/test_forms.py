"""What a form takes and keeps, by the API: from a start to the variables and back."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest

from engine.facts.errors import VariablesRefused
from engine.facts.values import checked_variables
from service.forms.judging.shape import MAX_ROWS
from service.parts import Parts
from tests.api.conftest import As, Reply, codes
from tests.forms.judges import judged_here
from tests.forms.schemas import field, form, rows

PROCESS = """<definitions targetNamespace="urn:x" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
xmlns:liuzhuan="urn:liuzhuan:bpmn:1"><process id="order" name="订购" liuzhuan:nameEn="Order" isExecutable="true">
<startEvent id="start"/><userTask id="check" name="核对" liuzhuan:nameEn="Check" liuzhuan:form="order">
<extensionElements><liuzhuan:assignment strategy="initiator"/></extensionElements></userTask>
<endEvent id="end"/><sequenceFlow id="f1" sourceRef="start" targetRef="check"/>
<sequenceFlow id="f2" sourceRef="check" targetRef="end"/></process></definitions>"""
FORM = form(
    field("number", "n"),
    field("textfield", "shown", readonly=True),
    field("textfield", "number", readonly=True),
    field("datetime", "day", label="", dateLabel="日期", subtype="date", disallowPassedDates=True),
    field("select", "kind", valuesExpression='=["a", "b"]'),
    rows("items", field("textfield", "name"), field("number", "price", readonly=True)),
    {**field("select", "who"), "properties": {"source": "people", "role": "manager"}},
)
ROWS = [{"name": "a", "price": 1}, {"name": "b", "price": 2}]
KNOWN = {"shown": "as it was", "items": ROWS, "day": "2020-01-01", "who": "gone", "number": 7}


@pytest.fixture
def task(dora: As, alice: As) -> str:
    """Of alice, in the only instance there is."""
    files = [(BytesIO(PROCESS.encode()), "order.bpmn"), (BytesIO(json.dumps(FORM).encode()), "order.form.json")]
    assert dora.request("POST", "/deployments", data={"files": files}, content_type="multipart/form-data").status_code == 201
    started = alice.post("/process-definitions/order/start", {"variables": KNOWN})
    assert started.status_code == 201
    (item,) = alice.get("/user-tasks", processInstanceId=started.json["id"]).json["items"]
    return str(item["id"])


@pytest.fixture
def kept(task: str, alice: As, oscar: As) -> Any:
    """The variables after alice has completed the task with these."""

    def complete(**variables: Any) -> Any:
        done = alice.post(f"/user-tasks/{task}/complete", {"variables": variables})
        assert done.status_code == 200, done.json
        return oscar.get(f"/process-instances/{done.json['processInstanceId']}/variables").json

    return complete


@pytest.fixture
def refused(task: str, alice: As) -> Any:
    def complete(**variables: Any) -> list[tuple[str, str]]:
        answer: Reply = alice.post(f"/user-tasks/{task}/complete", {"variables": variables})
        assert codes(answer) == (422, "variables_refused")
        return [(each["where"], each["rule"]) for each in answer.json["errors"]]

    return complete


def test_nothing_starts_v8(kept: Any, parts: Parts) -> None:
    kept(n=1)
    assert not parts.forms.is_started


def test_a_form_that_only_form_js_can_judge_is_judged_by_it(dora: As, alice: As, parts: Parts) -> None:
    only_there = form(field("textfield", "twice", validate={"pattern": r"^(.+)\1$"}))
    files = [(BytesIO(PROCESS.encode()), "order.bpmn"), (BytesIO(json.dumps(only_there).encode()), "order.form.json")]
    assert dora.request("POST", "/deployments", data={"files": files}, content_type="multipart/form-data").status_code == 201
    alice.post("/process-definitions/order/start", {"variables": {}})
    (item,) = alice.get("/user-tasks").json["items"]
    answer = alice.post(f"/user-tasks/{item['id']}/complete", {"variables": {"twice": "abc"}})
    assert [(each["where"], each["rule"]) for each in answer.json["errors"]] == [("twice", "pattern")]
    assert alice.post(f"/user-tasks/{item['id']}/complete", {"variables": {"twice": "abab"}}).status_code == 200
    assert parts.forms.is_started


def test_a_list_that_was_emptied_is_empty(kept: Any) -> None:
    assert kept(items=[])["items"] == []


def test_what_was_not_sent_stays_as_it_was_even_if_it_could_not_be_chosen_now(kept: Any) -> None:
    after = kept(n=1)
    assert {name: after[name] for name in KNOWN} == KNOWN


def test_a_field_that_is_only_shown_is_not_changed(refused: Any) -> None:
    assert refused(shown="by hand") == [("shown", "readonly")]


def test_a_number_that_is_shown_as_a_text_stays_a_number(kept: Any) -> None:
    assert kept(number="7")["number"] == 7


def test_a_column_that_is_only_shown_stays_with_its_row(kept: Any) -> None:
    assert kept(items=[{"name": "B", "price": 2}, {"name": "new"}])["items"] == [
        {"name": "B", "price": 2},
        {"name": "new", "price": None},
    ]


def test_a_column_that_is_only_shown_is_not_changed(refused: Any) -> None:
    assert refused(items=[{"name": "a", "price": 1}, {"name": "b", "price": 3}]) == [("items[1].price", "readonly")]


def test_a_draft_changes_nothing_that_is_only_shown(task: str, alice: As, kept: Any) -> None:
    draft = {"shown": "by hand", "n": 5, "nowhere": 1}
    kept_draft = alice.post(f"/user-tasks/{task}/draft", {"variables": draft})
    assert (kept_draft.status_code, kept_draft.json) == (200, {"dropped": ["nowhere", "shown"]})
    assert alice.get(f"/user-tasks/{task}/form").json["values"]["shown"] == "as it was"
    after = kept()
    assert (after["shown"], after["n"], "nowhere" in after) == ("as it was", 5, False)


def test_a_day_that_has_passed_is_refused_unless_it_was_there(refused: Any) -> None:
    assert refused(day="2020-01-02") == [("day", "past")]


def test_a_date_is_called_by_its_label(task: str, alice: As) -> None:
    answer = alice.post(f"/user-tasks/{task}/complete", {"variables": {"day": "tomorrow"}}, headers={"Accept-Language": "zh"})
    assert [each["sentence"] for each in answer.json["errors"]] == ["日期：该字段不接受这个值。"]


def test_options_that_an_expression_gives_are_held_to(refused: Any) -> None:
    assert refused(kind={"evil": 1}) == [("kind", "value")]


def test_somebody_without_the_role_cannot_be_picked(refused: Any) -> None:
    assert refused(who="alice") == [("who", "value")]


def test_somebody_with_the_role_can(kept: Any) -> None:
    assert kept(who="bob")["who"] == "bob"


def test_names_inside_of_rows_that_no_field_has_are_told(refused: Any) -> None:
    assert refused(items=[{"name": "a", "price": 1, "hack": 2}]) == [("items[0].hack", "unknown")]


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1, 2**63, 2**64 - 1, 1e21, 0.1])
def test_a_number_is_kept_exactly(number: float, kept: Any) -> None:
    assert kept(n=number)["n"] == number


@pytest.mark.parametrize("number", [2**64, 2**70, -(2**63) - 1])
def test_a_number_that_cannot_be_kept_is_refused_and_not_rounded(number: int, refused: Any) -> None:
    assert refused(n=number) == [("n", "variable-value")]


def test_what_cannot_be_kept_is_told_at_its_place_and_in_the_readers_language(task: str, alice: As) -> None:
    for bad, place, rule in (
        (2**64, {"where": "extra[1].deep.n"}, "variable-value"),
        ("a\0b", {"field": "variables.extra[1].deep.n"}, "nul"),
    ):
        body = {"variables": {"extra": [{"deep": {"n": 1}}, {"deep": {"n": bad}}]}}
        answer = alice.post("/process-definitions/order/start", body, headers={"Accept-Language": "zh"})
        (problem,) = answer.json["errors"]
        assert place.items() <= problem.items()
        assert problem["rule"] == rule
        assert not re.search("[A-Za-z]{5}", problem["sentence"])


def test_what_lies_too_deep_is_told_at_its_name() -> None:
    value: Any = 1
    for _ in range(900):
        value = [value]
    with pytest.raises(VariablesRefused) as refused:
        checked_variables({"n": 1, "extra": value})
    assert refused.value.problems[0].where == "extra"


def test_a_text_that_only_looks_like_nul_is_kept(task: str, alice: As) -> None:
    assert alice.post("/process-definitions/order/start", {"variables": {"n": 1, "title": "\\u0000"}}).status_code == 201


def test_a_number_that_javascript_cannot_hold_is_the_submitters(refused: Any) -> None:
    assert refused(n="Infinity") == [("n", "value")]


def test_a_number_that_a_script_has_made_is_answered_with_all_its_digits(dora: As, alice: As, oscar: As) -> None:
    script = PROCESS.replace(
        '<userTask id="check" name="核对" liuzhuan:nameEn="Check" liuzhuan:form="order">\n'
        '<extensionElements><liuzhuan:assignment strategy="initiator"/></extensionElements></userTask>',
        '<scriptTask id="check" scriptFormat="feel" liuzhuan:resultVariable="n"><script>2 ** 100</script></scriptTask>',
    )
    files = [(BytesIO(script.encode()), "order.bpmn")]
    assert dora.request("POST", "/deployments", data={"files": files}, content_type="multipart/form-data").status_code == 201
    started = alice.post("/process-definitions/order/start", {"variables": {}})
    assert oscar.get(f"/process-instances/{started.json['id']}/variables").json["n"] == 2**100


def test_an_outcome_that_a_task_does_not_offer_is_refused(task: str, alice: As) -> None:
    answer = alice.post(f"/user-tasks/{task}/complete", {"variables": {}, "outcome": "approve"})
    assert [(each["where"], each["rule"]) for each in answer.json["errors"]] == [("outcome", "outcome")]


def test_of_many_problems_the_first_are_told_and_how_many_more_there_are(task: str, alice: As) -> None:
    lines = [{"name": "a", "price": None, "hack": 1}] * 5_000
    answer = alice.post(f"/user-tasks/{task}/complete", {"variables": {"items": lines}})
    assert len(answer.json["errors"]) == 101
    assert "4,900" in answer.json["errors"][-1]["sentence"]
    assert len(answer.get_data()) < 50_000


def test_the_longest_list_is_blamed_for_too_many_rows() -> None:
    schema = form(rows("many", field("textfield", "x")), rows("few", field("textfield", "y")))
    _, (problem,) = judged_here(schema, {"many": [{"x": "a"}] * MAX_ROWS, "few": [{"y": "b"}]})
    assert (problem.where, problem.rule) == ("many", "rows")


@pytest.mark.parametrize(
    ("name", "value"), [("n", "abc"), ("n", [1]), ("items", {"name": "a"}), ("who", "alice"), ("day", "soon"), ("who", 5)]
)
def test_a_draft_keeps_only_what_its_fields_can_hold(name: str, value: Any, task: str, alice: As) -> None:
    answer = alice.post(f"/user-tasks/{task}/draft", {"variables": {name: value, "kind": "a"}})
    assert answer.json == {"dropped": [name]}
    assert alice.get(f"/user-tasks/{task}").json["draft"] == {"kind": "a"}


def test_a_draft_with_what_no_database_keeps_is_refused(task: str, alice: As) -> None:
    answer = alice.post(f"/user-tasks/{task}/draft", {"variables": {"kind": "a\0"}})
    assert codes(answer) == (422, "request_refused")
    assert [each["field"] for each in answer.json["errors"]] == ["variables.kind"]


def test_a_number_in_a_field_for_text_is_refused_unless_it_was_there(kept: Any, refused: Any) -> None:
    assert refused(items=[{"name": 5, "price": 1}, ROWS[1]]) == [("items[0].name", "value")]
    assert kept(number=7)["number"] == 7
