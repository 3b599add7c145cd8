from __future__ import annotations

from service.forms.localisation import localised
from tests.forms.schemas import KIND, field, form, group, rows


def test_chinese_is_what_the_form_is_written_in() -> None:
    schema = form(field("textfield", "name", label="名称", properties={"labelEn": "Name"}))
    assert localised(schema, "zh") == schema


def test_english_texts_take_their_places_at_every_depth() -> None:
    name = field(
        "textfield", "name", label="名称", description="全称", properties={"labelEn": "Name", "descriptionEn": "In full"}
    )
    english = localised(form(group(name, label="客户", properties={"labelEn": "Customer"}), rows("items", name)), "en")
    customer, items = english["components"]
    assert customer["label"] == "Customer"
    for component in (customer["components"][0], items["components"][0]):
        assert (component["label"], component["description"]) == ("Name", "In full")


def test_options_have_their_own_english_and_keep_their_values() -> None:
    (kind,) = localised(form(KIND), "en")["components"]
    assert [(option["value"], option["label"]) for option in kind["values"]] == [("goods", "Goods"), ("service", "服务")]


def test_what_has_no_english_stays_chinese() -> None:
    (name,) = localised(form(field("textfield", "name", label="名称")), "en")["components"]
    assert name["label"] == "名称"


def test_messages_and_units_are_translated_where_form_js_keeps_them() -> None:
    number = field(
        "number",
        "amount",
        validate={"pattern": "x", "patternErrorMessage": "不对"},
        appearance={"suffixAdorner": "元"},
        properties={"patternErrorMessageEn": "Wrong", "suffixAdornerEn": "yuan"},
    )
    (english,) = localised(form(number), "en")["components"]
    assert english["validate"] == {"pattern": "x", "patternErrorMessage": "Wrong"}
    assert english["appearance"] == {"suffixAdorner": "yuan"}
    assert number["validate"]["patternErrorMessage"] == "不对"


def test_options_may_be_plain_values() -> None:
    (kind,) = localised(form(field("select", "kind", values=["goods", 3, {"value": "a", "label": "甲", "labelEn": "A"}])), "en")[
        "components"
    ]
    assert kind["values"] == ["goods", 3, {"value": "a", "label": "A", "labelEn": "A"}]
