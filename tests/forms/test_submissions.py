"""What a form promises of a submission, judged here and by form-js itself."""

from __future__ import annotations

from typing import Any

import pytest

from service.translations.sentences import said
from tests.forms.judges import Judge
from tests.forms.schemas import KIND, field, form, group, rows

Found = list[tuple[str, str]]
Schema = dict[str, Any]


def found(judge: Judge, schema: Schema, data: dict[str, Any], **known: Any) -> Found:
    _, problems = judge(schema, data, known=known)
    return [(problem.where, problem.rule) for problem in problems]


@pytest.mark.parametrize(
    ("component", "value", "rule"),
    [
        (field("textfield", "name", validate={"required": True}), "", "required"),
        (field("textfield", "name", validate={"required": True}), None, "required"),
        (field("textfield", "name", validate={"minLength": 2}), "x", "minLength"),
        (field("textfield", "name", validate={"maxLength": 2}), "xyz", "maxLength"),
        (field("textfield", "name", validate={"pattern": "^[A-Z]+$"}), "abc", "pattern"),
        (field("textfield", "name", validate={"pattern": "^[A-Z]+$", "patternErrorMessage": "大写"}), "abc", "pattern"),
        (field("textfield", "name", validate={"validationType": "email"}), "nobody", "email"),
        (field("textfield", "name", validate={"validationType": "phone"}), "12", "phone"),
        (field("textfield", "name"), {"a": 1}, "value"),
        (field("number", "name", validate={"min": 1}), 0, "min"),
        (field("number", "name", validate={"max": 1}), 2, "max"),
        (field("number", "name", decimalDigits=2), 1.234, "decimalDigits"),
        (field("number", "name", increment=5), 7, "increment"),
        (field("number", "name"), "many", "value"),
        (field("checkbox", "name", validate={"required": True}), False, "required"),
        (field("checkbox", "name"), "yes", "value"),
        (field("datetime", "name", subtype="date"), "20 May", "value"),
        (field("datetime", "name", subtype="date"), "2026-02-31", "value"),
        (field("datetime", "name", subtype="datetime"), "2026-02-31T08:00", "value"),
        ({**KIND, "key": "name"}, "smuggled", "value"),
        ({**KIND, "key": "name", "type": "checklist"}, ["goods", "smuggled"], "value"),
        (rows("name", field("textfield", "text")), "no list", "value"),
    ],
)
def test_a_broken_rule_names_the_field_and_the_rule(judge: Judge, component: Schema, value: Any, rule: str) -> None:
    assert found(judge, form(component), {"name": value}) == [("name", rule)]


@pytest.mark.parametrize(
    ("component", "value"),
    [
        (field("textfield", "name", validate={"required": True, "minLength": 1, "maxLength": 9}), "流转"),
        (field("number", "name", validate={"min": 0, "max": 10}, decimalDigits=2), 9.25),
        (field("number", "name"), 0),
        (field("checkbox", "name"), False),
        (field("datetime", "name", subtype="date"), "2028-02-29"),
        (field("datetime", "name", subtype="datetime"), "2026-02-28T08:00"),
        ({**KIND, "key": "name"}, "goods"),
        (field("filepicker", "name", validate={"required": True}), [{"id": "1", "name": "scan.pdf", "size": 5}]),
        (rows("name", field("textfield", "text")), [{"text": "a"}, {"text": "b"}]),
    ],
)
def test_a_right_value_comes_back_as_it_was(judge: Judge, component: Schema, value: Any) -> None:
    assert judge(form(component), {"name": value}) == ({"name": value}, ())


def test_a_name_that_no_field_has_is_refused(judge: Judge) -> None:
    values, problems = judge(form(field("textfield", "name")), {"name": "a", "isApproved": True})
    assert values == {"name": "a"}
    assert [problem.where for problem in problems] == ["isApproved"]


def test_all_problems_are_found_at_once(judge: Judge) -> None:
    schema = form(field("textfield", "name", validate={"required": True}), field("number", "amount", validate={"min": 1}))
    assert found(judge, schema, {"amount": 0, "extra": 1}) == [("name", "required"), ("amount", "min"), ("extra", "unknown")]


def test_a_field_that_its_condition_hides_is_neither_demanded_nor_kept(judge: Judge) -> None:
    reason = field("textfield", "reason", validate={"required": True}, conditional={"hide": "=amount < 100"})
    schema = form(field("number", "amount"), reason)
    assert judge(schema, {"amount": 50, "reason": "smuggled"}) == ({"amount": 50}, ())
    assert found(judge, schema, {"amount": 200}) == [("reason", "required")]


def test_everything_in_a_hidden_group_is_hidden(judge: Judge) -> None:
    schema = form(
        field("checkbox", "isLarge"),
        group(field("textfield", "name", validate={"required": True}), conditional={"hide": "=not(isLarge)"}),
    )
    assert judge(schema, {"isLarge": False, "name": "x"}) == ({"isLarge": False}, ())


def test_conditions_read_values_that_were_shown_but_not_submitted(judge: Judge) -> None:
    schema = form(field("number", "amount", validate={"max": "=limit"}))
    assert found(judge, schema, {"amount": 5}, limit=4) == [("amount", "max")]
    assert found(judge, schema, {"amount": 5}, limit=6) == []


def test_values_that_were_only_shown_do_not_come_back(judge: Judge) -> None:
    values, _ = judge(form(field("textfield", "name")), {"name": "a"}, known={"limit": 5})
    assert values == {"name": "a"}


def test_a_computed_field_is_computed_here_whatever_was_submitted(judge: Judge) -> None:
    tax = {"type": "expression", "id": "tax", "key": "tax", "expression": "=amount * 2"}
    total = {"type": "expression", "id": "total", "key": "total", "expression": "=amount + tax"}
    values, problems = judge(form(total, tax, field("number", "amount")), {"amount": 10, "tax": 0, "total": 1})
    assert (values, problems) == ({"amount": 10, "tax": 20, "total": 30}, ())


def test_problems_in_lists_name_the_row(judge: Judge) -> None:
    schema = form(rows("items", field("number", "quantity", validate={"required": True, "max": 10})))
    data = {"items": [{"quantity": 1}, {"quantity": 11}, {}]}
    assert found(judge, schema, data) == [("items[1].quantity", "max"), ("items[2].quantity", "required")]


def test_a_condition_in_a_list_sees_its_own_row(judge: Judge) -> None:
    reason = field("textfield", "reason", validate={"required": True}, conditional={"hide": "=this.quantity < 10"})
    schema = form(rows("items", field("number", "quantity"), reason))
    assert found(judge, schema, {"items": [{"quantity": 1}, {"quantity": 20}]}) == [("items[1].reason", "required")]


def test_problems_are_told_in_the_readers_language(judge: Judge) -> None:
    schema = form(field("number", "amount", label="金额", validate={"max": 3}))
    _, chinese = judge(schema, {"amount": 4})
    _, english = judge(schema, {"amount": 4}, language="en")
    assert said(chinese[0].sentence, "zh") == "金额：不能大于 3。"
    assert said(english[0].sentence, "en") == "金额: Field must have maximum value of 3."


@pytest.mark.parametrize("key", ["__proto__", "constructor", "toString"])
def test_names_that_javascript_treats_specially_are_just_unknown_names(judge: Judge, key: str) -> None:
    values, problems = judge(form(field("textfield", "name")), {"name": "a", key: {"polluted": True}})
    assert values == {"name": "a"}
    assert [problem.where for problem in problems] == [key]
    assert judge(form(field("textfield", "polluted")), {}) == ({"polluted": ""}, ())


def test_a_list_from_which_all_rows_were_removed_is_kept_empty(judge: Judge) -> None:
    schema = form(rows("items", field("textfield", "text"), rows("parts", field("textfield", "name"))))
    old = {"items": [{"text": "a", "parts": []}]}
    assert judge(schema, {"items": []}, known=old) == ({"items": []}, ())
    assert judge(schema, {"items": [{"text": "b", "parts": []}]}, known=old) == ({"items": [{"text": "b", "parts": []}]}, ())


def test_a_list_that_a_condition_hides_is_left_as_it_was(judge: Judge) -> None:
    schema = form(field("checkbox", "isLarge"), rows("items", field("textfield", "text"), conditional={"hide": "=not(isLarge)"}))
    assert judge(schema, {"isLarge": False, "items": []}, known={"items": [{"text": "a"}]}) == ({"isLarge": False}, ())
