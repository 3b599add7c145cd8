from __future__ import annotations

from service.forms.rights import names, only_shown, permitted, shown, writable
from tests.forms.schemas import field, form, group, rows

SCHEMA = form(
    field("textfield", "customer", validate={"required": True, "minLength": 2}),
    group(field("number", "price"), field("number", "margin")),
    rows("items", field("textfield", "text", validate={"required": True})),
)


def test_what_is_not_named_may_be_written() -> None:
    assert permitted(SCHEMA, {}) == SCHEMA


def test_a_hidden_field_is_not_in_the_schema_at_any_depth() -> None:
    assert names(permitted(SCHEMA, {"margin": "hidden", "items": "hidden"})) == {"customer", "price"}


def test_a_field_to_read_is_readonly_and_not_demanded() -> None:
    customer = permitted(SCHEMA, {"customer": "read"})["components"][0]
    assert customer["readonly"] is True
    assert customer["validate"] == {"minLength": 2}


def test_a_list_to_read_has_readonly_rows_and_none_can_be_added() -> None:
    items = permitted(SCHEMA, {"items": "read"})["components"][2]
    assert items["allowAddRemove"] is False
    assert items["components"][0]["readonly"] is True
    assert items["components"][0]["validate"] == {}


def test_a_computed_field_to_read_is_still_computed() -> None:
    total = {"type": "expression", "id": "total", "key": "total", "expression": "=1"}
    assert permitted(form(total), {"total": "read"})["components"] == [total]


def test_only_shown_is_what_nothing_can_be_done_with() -> None:
    fixed = rows("fixed", field("textfield", "a", readonly=True), allowAddRemove=False)
    open_ = rows("open", field("textfield", "a", readonly=True))
    part = group(field("textfield", "a", readonly=True), field("textfield", "b"), path="part")
    schema = form(field("textfield", "shown", readonly=True), field("textfield", "asked"), fixed, open_, part)
    assert only_shown(schema) == {"shown", "fixed"}
    assert only_shown(permitted(schema, {"open": "read", "asked": "read"})) == {"shown", "fixed", "open", "asked"}


def test_the_deployed_schema_is_not_changed() -> None:
    permitted(SCHEMA, {"customer": "read", "items": "read", "margin": "hidden"})
    assert "readonly" not in SCHEMA["components"][0]
    assert len(SCHEMA["components"][1]["components"]) == 2


def test_only_the_forms_variables_are_shown() -> None:
    values = {"customer": "ACME", "price": 3, "margin": 1, "items": [], "salary": 9}
    assert shown(values, SCHEMA, {"margin": "hidden"}) == {"customer": "ACME", "price": 3, "items": []}


def test_variables_that_expressions_read_are_shown_unless_hidden() -> None:
    schema = form(
        field("number", "amount", validate={"max": "=limit"}, conditional={"hide": "=phase = 1"}),
        {"type": "text", "id": "note", "text": "Dear {{applicant}}"},
        {**field("select", "owner"), "valuesKey": "owners"},
    )
    values = {"amount": 1, "limit": 5, "phase": 1, "applicant": "li.na", "owners": [], "secret": 1}
    assert shown(values, schema, {"phase": "hidden"}) == {"amount": 1, "limit": 5, "applicant": "li.na", "owners": []}


def test_values_that_may_not_be_written_are_dropped_and_named() -> None:
    values = {"customer": "ACME", "price": 1, "margin": 2}
    assert writable(values, {"price": "read", "margin": "hidden"}) == ({"customer": "ACME"}, ("price", "margin"))
