"""What our judge promises beside what form-js does too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest

from engine.assignment.directory import Department, Person, Role
from engine.facts import computing
from service.forms import sources
from service.forms.judging import compile_form
from service.forms.judging.shape import MAX_ROWS
from service.forms.refusals import FormCheckStopped, FormUnusable
from service.forms.rights import Rights
from service.identity.organisation import Member, Organisation
from service.translations.sentences import said
from tests.forms.judges import judged_here
from tests.forms.schemas import field, form, group, rows


def found(schema: Mapping[str, Any], data: Mapping[str, Any], **more: Any) -> list[tuple[str, str]]:
    _, problems = judged_here(schema, data, **more)
    return [(problem.where, problem.rule) for problem in problems]


def test_more_rows_than_are_taken_are_refused_without_looking_at_them() -> None:
    schema = form(rows("items", rows("parts", field("textfield", "name", validate={"required": True}))))
    data: dict[str, Any] = {"items": [{"parts": [{}] * 200}] * (MAX_ROWS // 100)}
    ((where, rule),) = found(schema, data)
    assert (where.partition("[")[0], rule) == ("items", "rows")


def test_all_conditions_of_a_submission_cost_together_what_one_may() -> None:
    """Each of them would be allowed by itself; the rows of a list multiply them."""
    hide = "=count(for number in 1..1000 return number) = 1"
    schema = form(rows("items", field("textfield", "name", conditional={"hide": hide})))
    assert found(schema, {"items": [{}] * 5}) == []
    with pytest.raises(FormCheckStopped):
        judged_here(schema, {"items": [{}] * 2_000})


def test_a_form_begins_with_no_more_rows_than_are_taken() -> None:
    inner = rows("parts", field("textfield", "name"), defaultRepetitions=100)
    assert len(judged_here(form({**inner, "defaultRepetitions": MAX_ROWS}), {})[0]["parts"]) == MAX_ROWS
    nested = form(
        rows("a", rows("b", rows("c", inner, defaultRepetitions=1000), defaultRepetitions=1000), defaultRepetitions=1000)
    )
    begun: list[tuple[dict[str, Any], dict[str, Any]]] = [(nested, {}), (nested, {"a": [{}]})]
    for schema, data in (*begun, (form(rows("items", inner)), {"items": [{}] * MAX_ROWS})):
        with pytest.raises(FormUnusable, match="begin with more than 10,000 rows"):
            judged_here(schema, data)


def test_all_conditions_of_a_submission_take_together_the_time_of_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them counts fewer steps than there are between two looks at the clock."""
    times = count(0, 0.1)
    monkeypatch.setattr(computing, "thread_time", lambda: next(times))
    schema = form(rows("items", field("textfield", "name", conditional={"hide": "=count(for n in 1..300 return n) = 1"})))
    assert found(schema, {"items": [{}] * 5}) == []
    with pytest.raises(FormCheckStopped, match="the time of one step"):
        judged_here(schema, {"items": [{}] * 300})


def test_a_pattern_that_repeats_a_repetition_is_judged_whatever_the_text() -> None:
    schema = form(field("textfield", "name", validate={"pattern": "^(a+)+$"}))
    assert found(schema, {"name": "a" * 400 + "!"}) == [("name", "pattern")]
    assert found(schema, {"name": "a" * 400}) == []


def test_a_condition_that_never_ends_is_stopped() -> None:
    endless = "=count(for a in 1..1000, b in 1..1000, c in 1..1000 return a) > 1"
    schema = form(field("textfield", "name", conditional={"hide": endless}))
    with pytest.raises(FormCheckStopped):
        judged_here(schema, {"name": "a"})


def test_what_matters_to_the_verdict_is_known_before() -> None:
    schema = form(
        field("number", "amount", validate={"max": "=limit * 2"}, conditional={"hide": "=phase = 1"}),
        group(field("textfield", "name"), path="customer"),
        field("select", "owner", valuesKey="owners"),
        rows("items", field("textfield", "text", conditional={"hide": "=secret"})),
    )
    assert compile_form(schema, {"secret": "hidden"}).reads == {
        "amount",
        "limit",
        "phase",
        "customer",
        "owner",
        "owners",
        "items",
    }


def test_what_a_task_may_not_write_is_neither_taken_nor_given_back() -> None:
    schema = form(field("number", "price", validate={"required": True}), field("number", "margin"), field("number", "sum"))
    access: Rights = {"price": "read", "margin": "hidden"}
    values, problems = judged_here(schema, {"price": 1, "margin": 2, "sum": 3}, known={"price": 9, "margin": 8}, access=access)
    assert (values, problems) == ({"sum": 3}, ())


def test_conditions_do_not_see_what_a_task_may_not_see() -> None:
    schema = form(field("textfield", "why", conditional={"hide": "=margin > 5"}))
    values, _ = judged_here(schema, {"why": "x"}, known={"margin": 8}, access={"margin": "hidden"})
    assert values == {}  # null hides, whatever the margin is
    values, _ = judged_here(schema, {"why": "x"}, known={"margin": 3})
    assert values == {"why": "x"}


def test_a_column_that_is_only_shown_follows_its_row() -> None:
    schema = form(rows("items", field("textfield", "name"), field("number", "price", readonly=True), field("textfield", "note")))
    known = {"items": [{"name": "a", "price": 1}, {"name": "b", "price": 2}, {"name": "c", "price": 2}]}
    assert found(schema, {"items": [{"name": "B", "price": 2}, {"name": "A", "price": 1}]}, known=known) == []
    assert found(schema, {"items": [{"name": "a", "price": 1}, {"name": "b", "price": 1}]}, known=known) == [
        ("items[1].price", "readonly")
    ]


def test_rows_of_which_nothing_else_can_be_done_can_be_removed() -> None:
    schema = form(rows("items", field("textfield", "name", readonly=True)))
    known = {"items": [{"name": "a"}, {"name": "b"}]}
    assert judged_here(schema, {"items": [{"name": "b"}]}, known=known) == ({"items": [{"name": "b"}]}, ())


def test_a_field_is_read_only_when_its_condition_says_so() -> None:
    schema = form(field("checkbox", "isFinal"), field("number", "amount", readonly="=isFinal"))
    assert found(schema, {"isFinal": True, "amount": 2}, known={"amount": 1}) == [("amount", "readonly")]
    assert found(schema, {"isFinal": False, "amount": 2}, known={"amount": 1}) == []


def test_a_day_is_that_of_the_companys_zone() -> None:
    schema = form(field("datetime", "at", subtype="datetime", disallowPassedDates=True))
    assert found(schema, {"at": "2026-11-30T23:59"}) == [("at", "past")]
    assert found(schema, {"at": "2026-11-30T23:59-08:00"}) == []
    assert found(schema, {"at": "2026-12-01T00:00"}) == []


def test_options_of_other_values_are_held_to_and_forgotten_when_they_are_gone() -> None:
    schema = form(field("taglist", "all", values=["a", "b", "c"]), field("taglist", "some", valuesExpression="=all"))
    assert found(schema, {"all": ["a"], "some": ["a", "b"]}) == [("some", "value")]
    values, problems = judged_here(schema, {"all": ["a"]}, known={"some": ["a", "b"]})
    assert (values, problems) == ({"all": ["a"], "some": ["a"]}, ())


@pytest.mark.parametrize(
    ("component", "name"),
    [
        (field("textfield", "a", label="名称"), "名称"),
        ({"type": "textfield", "id": "a", "key": "a"}, "a"),
        ({"type": "select", "id": "a", "key": "a"}, "a"),
        ({"type": "datetime", "id": "a", "key": "a", "dateLabel": "日期", "timeLabel": "时间"}, "日期"),
        ({"type": "datetime", "id": "a", "key": "a", "subtype": "time", "timeLabel": "时间"}, "时间"),
    ],
)
def test_a_problem_is_called_by_what_people_read(component: dict[str, Any], name: str) -> None:
    schema = form({**component, "validate": {"required": True}, "properties": {"labelEn": "Name", "dateLabelEn": "Date"}})
    _, (problem,) = judged_here(schema, {})
    assert said(problem.sentence, "zh") == f"{name}：请填写此项。"


def test_texts_that_a_form_says_in_english_are_said_in_english() -> None:
    named = field("textfield", "a", label="名称", validate={"pattern": "^x$", "patternErrorMessage": "不对"})
    schema = form({**named, "properties": {"labelEn": "Name", "patternErrorMessageEn": "Wrong"}})
    assert [said(each.sentence, "en") for each in judged_here(schema, {"a": "y"}, language="en")[1]] == ["Name: Wrong"]
    assert [said(each.sentence, "zh") for each in judged_here(schema, {"a": "y"})[1]] == ["名称：不对"]


def people() -> Iterator[Member]:
    for id, department, role, is_active in (
        ("li", "sales", "manager", True), ("wang", "sales-east", "clerk", True), ("chen", "finance", "manager", True),
        ("gone", "sales", "manager", False),
    ):  # fmt: skip
        person = Person(id, id, id, department, None, is_active=is_active)
        yield Member(person, f"{id}@example.com", roles=((role, department),), rights=frozenset())


@pytest.fixture(scope="module")
def company() -> Organisation:
    departments = {
        "sales": Department("sales", "销售"), "sales-east": Department("sales-east", "东区", parent="sales"),
        "finance": Department("finance", "财务"),
    }  # fmt: skip
    roles = {"manager": Role("manager", "经理"), "clerk": Role("clerk", "文员")}
    return Organisation(1, departments, {}, roles, {each.person.id: each for each in people()})


@pytest.mark.parametrize("source", sources.KINDS)
@pytest.mark.parametrize("more", [{}, {"role": "manager"}, {"department": "sales"}, {"role": "manager", "department": "sales"}])
@pytest.mark.parametrize("chosen", [None, "gone", "left long ago"])
def test_a_picker_takes_what_it_offers(source: str, more: dict[str, str], chosen: str | None, company: Organisation) -> None:
    schema = form(rows("items", {**field("select", "who"), "properties": {"source": source, **more}}))
    known = {"items": [{"who": chosen}]} if chosen else {}
    (items,) = sources.with_options(schema, company, "zh", known)["components"]
    offered = {option["value"] for option in items["components"][0]["values"]}
    everything = {*company.members, *company.departments, *company.roles, "left long ago", "nobody"}
    taken = {each for each in everything if not found(schema, {"items": [{"who": each}]}, known=known, company=company)}
    assert taken == offered
    assert found(schema, {"items": [{"who": {"evil": 1}}]}, company=company) == [("items[0].who", "value")]


def test_a_compiled_form_is_not_changed_by_what_it_judges() -> None:
    schema = form(rows("items", field("textfield", "text")), group(field("textfield", "name"), path="customer"))
    sent, known = {"items": [{"text": "a"}]}, {"customer": {"name": "b"}, "items": [{"text": "old"}]}
    before = json.dumps([sent, known])
    compiled = compile_form(schema)
    for _ in range(2):
        judged_here(schema, sent, known=known)
    assert json.dumps([sent, known]) == before
    assert compiled.reads == {"items", "customer"}
