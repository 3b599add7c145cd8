"""The shipped forms by themselves: accepted by form-js, translated, laid out."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from service.forms.localisation import localised
from service.forms.validation import FormValidator
from tests.processes import documents
from tests.processes.models import FORMS, components, key_of, schema

CHINESE = re.compile(r"[\u4e00-\u9fff]")

each_form = pytest.mark.parametrize("path", FORMS, ids=key_of)


@each_form
def test_form_js_accepts_the_form_and_asks_for_what_is_required(path: Path, validator: FormValidator) -> None:
    form = schema(key_of(path))
    _, problems = validator.validate(form, {})
    asked = {problem.where.rpartition(".")[2] for problem in problems if problem.rule == "required"}
    always = {each["key"] for each in components(form) if each.get("validate", {}).get("required") and "conditional" not in each}
    assert always - in_lists(form) <= asked


def in_lists(form: dict[str, Any]) -> set[str]:
    """Fields of tables: asked for in each row."""
    lists = [each for each in components(form) if each["type"] == "dynamiclist"]
    return {each["key"] for table in lists for each in components(table) if "key" in each}


@each_form
def test_a_form_speaks_english_too(path: Path) -> None:
    english = localised(schema(key_of(path)), "en")
    for each in components(english):
        texts = [each.get(name, "") for name in ("label", "description", "text", "dateLabel", "timeLabel")]
        texts += [option.get("label", "") for option in each.get("values", ())]
        texts += [str(each.get("appearance", "")), str(each.get("validate", {}).get("patternErrorMessage", ""))]
        assert not [text for text in texts if CHINESE.search(text)], each["id"]


@each_form
def test_ids_are_unique_and_rows_are_sixteen_columns_wide(path: Path) -> None:
    form = schema(key_of(path))
    assert (form["type"], form["schemaVersion"], form["id"]) == ("default", 19, key_of(path).replace("/", "-"))
    assert [id for id, count in Counter(each["id"] for each in components(form)).items() if count > 1] == []
    widths: Counter[str] = Counter()
    for each in components(form):
        widths[each["layout"]["row"]] += each["layout"]["columns"]
    assert max(widths.values()) <= 16


@each_form
def test_every_text_has_a_longest_length(path: Path) -> None:
    for each in components(schema(key_of(path))):
        if each["type"] in ("textfield", "textarea"):
            assert each["validate"]["maxLength"] <= 2000, each["id"]


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("contactEmail", "zhou.hai", "email"),
        ("contactPhone", "call me", "pattern"),
        ("demand", "短", "minLength"),
        ("customerName", "长" * 101, "maxLength"),
        ("leadSource", "dream", "option"),
    ],
)
def test_a_lead_with_a_wrong_value_is_refused(name: str, value: str, rule: str, validator: FormValidator) -> None:
    people = {"registeredBy": {"values": [{"label": "陈静", "value": "chen.jing"}]}}
    form = schema("business/lead-registration")
    for each in components(form):
        each.update(people.get(each.get("key", ""), {}))
    assert validator.validate(form, documents.LEAD)[1] == ()
    _, problems = validator.validate(form, {**documents.LEAD, name: value})
    assert [problem.where for problem in problems] == [name], rule
