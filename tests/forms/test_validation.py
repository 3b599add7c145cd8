from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest

from service.forms.validation import FormCheckStopped, FormUnusable, FormValidator, place
from tests.forms.schemas import KIND, field, form, group, rows

Found = list[tuple[str, str]]
Schema = dict[str, Any]


def found(validator: FormValidator, schema: Schema, data: dict[str, Any], **known: Any) -> Found:
    _, problems = validator.validate(schema, data, known=known)
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
def test_a_broken_rule_names_the_field_and_the_rule(validator: FormValidator, component: Schema, value: Any, rule: str) -> None:
    assert found(validator, form(component), {"name": value}) == [("name", rule)]


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
def test_a_right_value_comes_back_as_it_was(validator: FormValidator, component: Schema, value: Any) -> None:
    assert validator.validate(form(component), {"name": value}) == ({"name": value}, ())


def test_a_name_that_no_field_has_is_refused(validator: FormValidator) -> None:
    values, problems = validator.validate(form(field("textfield", "name")), {"name": "a", "isApproved": True})
    assert values == {"name": "a"}
    assert [problem.where for problem in problems] == ["isApproved"]


def test_all_problems_are_found_at_once(validator: FormValidator) -> None:
    schema = form(field("textfield", "name", validate={"required": True}), field("number", "amount", validate={"min": 1}))
    assert found(validator, schema, {"amount": 0, "extra": 1}) == [("name", "required"), ("amount", "min"), ("extra", "unknown")]


def test_a_field_that_its_condition_hides_is_neither_demanded_nor_kept(validator: FormValidator) -> None:
    reason = field("textfield", "reason", validate={"required": True}, conditional={"hide": "=amount < 100"})
    schema = form(field("number", "amount"), reason)
    assert validator.validate(schema, {"amount": 50, "reason": "smuggled"}) == ({"amount": 50}, ())
    assert found(validator, schema, {"amount": 200}) == [("reason", "required")]


def test_everything_in_a_hidden_group_is_hidden(validator: FormValidator) -> None:
    schema = form(
        field("checkbox", "isLarge"),
        group(field("textfield", "name", validate={"required": True}), conditional={"hide": "=not(isLarge)"}),
    )
    assert validator.validate(schema, {"isLarge": False, "name": "x"}) == ({"isLarge": False}, ())


def test_conditions_read_values_that_were_shown_but_not_submitted(validator: FormValidator) -> None:
    schema = form(field("number", "amount", validate={"max": "=limit"}))
    assert found(validator, schema, {"amount": 5}, limit=4) == [("amount", "max")]
    assert found(validator, schema, {"amount": 5}, limit=6) == []


def test_values_that_were_only_shown_do_not_come_back(validator: FormValidator) -> None:
    values, _ = validator.validate(form(field("textfield", "name")), {"name": "a"}, known={"limit": 5})
    assert values == {"name": "a"}


def test_a_computed_field_is_computed_here_whatever_was_submitted(validator: FormValidator) -> None:
    tax = {"type": "expression", "id": "tax", "key": "tax", "expression": "=amount * 2"}
    total = {"type": "expression", "id": "total", "key": "total", "expression": "=amount + tax"}
    values, problems = validator.validate(form(total, tax, field("number", "amount")), {"amount": 10, "tax": 0, "total": 1})
    assert (values, problems) == ({"amount": 10, "tax": 20, "total": 30}, ())


def test_problems_in_lists_name_the_row(validator: FormValidator) -> None:
    schema = form(rows("items", field("number", "quantity", validate={"required": True, "max": 10})))
    data = {"items": [{"quantity": 1}, {"quantity": 11}, {}]}
    assert found(validator, schema, data) == [("items[1].quantity", "max"), ("items[2].quantity", "required")]


def test_a_condition_in_a_list_sees_its_own_row(validator: FormValidator) -> None:
    reason = field("textfield", "reason", validate={"required": True}, conditional={"hide": "=this.quantity < 10"})
    schema = form(rows("items", field("number", "quantity"), reason))
    assert found(validator, schema, {"items": [{"quantity": 1}, {"quantity": 20}]}) == [("items[1].reason", "required")]


def test_problems_are_told_in_the_readers_language(validator: FormValidator) -> None:
    schema = form(field("number", "amount", label="金额", validate={"max": 3}))
    _, chinese = validator.validate(schema, {"amount": 4})
    _, english = validator.validate(schema, {"amount": 4}, language="en")
    assert chinese[0].sentence == "金额：不能大于 3。"
    assert english[0].sentence == "金额: Field must have maximum value of 3."


@pytest.mark.parametrize("key", ["__proto__", "constructor", "toString"])
def test_names_that_javascript_treats_specially_are_just_unknown_names(validator: FormValidator, key: str) -> None:
    values, problems = validator.validate(form(field("textfield", "name")), {"name": "a", key: {"polluted": True}})
    assert values == {"name": "a"}
    assert [problem.where for problem in problems] == [key]
    assert validator.validate(form(field("textfield", "polluted")), {}) == ({"polluted": ""}, ())


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (form({"type": "nonsense", "id": "a", "key": "a"}), "nonsense"),
        (form(field("textfield", "a"), {**field("textfield", "a"), "id": "b"}), "already claimed"),
        (form(field("textfield", "a", validate={"pattern": "("})), "Unterminated group"),
        ({}, "not supported"),
    ],
)
def test_a_form_that_form_js_cannot_use_is_refused_with_the_reason(
    validator: FormValidator, schema: dict[str, Any], why: str
) -> None:
    with pytest.raises(FormUnusable, match=why):
        validator.validate(schema, {"a": "x"})


def test_a_pattern_that_would_run_for_hours_is_stopped_and_the_next_check_works() -> None:
    validator = FormValidator()
    try:
        with pytest.raises(FormCheckStopped):
            validator.validate(form(field("textfield", "name", validate={"pattern": "^(a+)+$"})), {"name": "a" * 40 + "!"})
        assert validator.validate(form(field("textfield", "name")), {"name": "a"}) == ({"name": "a"}, ())
    finally:
        validator.close()


def test_threads_get_their_own_answers(validator: FormValidator) -> None:
    schema = form(field("textfield", "name"))
    wrong: list[str] = []

    def check(who: str) -> None:
        for number in range(20):
            values, _ = validator.validate(schema, {"name": f"{who}{number}"})
            if values != {"name": f"{who}{number}"}:
                wrong.append(f"{who}{number}: {values}")

    threads = [threading.Thread(target=check, args=(who,)) for who in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


FIRST_USED_IN_A_THREAD = """
import threading
from service.forms.validation import FormValidator
validators = [FormValidator(), FormValidator()]
schema = {"type": "default", "id": "f", "components": [{"type": "textfield", "id": "a", "key": "a"}]}
threads = [threading.Thread(target=validator.validate, args=(schema, {})) for validator in validators]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
validators[0].close()
validators[0].validate(schema, {})
"""


def test_a_process_whose_threads_check_forms_ends_well() -> None:
    """One validator is closed and used again, one is left to the end of the process."""
    command = [sys.executable, "-W", "ignore", "-c", FIRST_USED_IN_A_THREAD]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


PROGRAM = """
import os, sys
from service.forms.validation import FormValidator
validator = FormValidator()
schema = {"type": "default", "id": "f", "components": [{"type": "textfield", "id": "a", "key": "a"}]}
if "used" in sys.argv:
    validator.validate(schema, {"a": "parent"})
if os.fork() == 0:
    try:
        print(validator.validate(schema, {"a": "child"})[0], flush=True)
    except RuntimeError as error:
        print(error, flush=True)
    os._exit(0)
os.wait()
"""


def forked(*arguments: str) -> str:
    """What the child says; the parent has to come to an end too."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_a_server_may_fork_before_the_first_check() -> None:
    assert forked() == "{'a': 'child'}\n"


def test_a_fork_after_a_check_is_refused_instead_of_waiting_for_ever() -> None:
    assert "does not survive a fork" in forked("used")


def test_a_path_is_written_as_people_write_it() -> None:
    assert place(["items", 0, "lines", 12, "amount"]) == "items[0].lines[12].amount"
