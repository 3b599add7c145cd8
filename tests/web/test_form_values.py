"""A filled-in form in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from service.web.form_values import Part, Row, Table, parts

AMOUNT = {"type": "number", "key": "amount", "label": "金额", "appearance": {"suffixAdorner": "元"}}
KIND = {
    "type": "select",
    "key": "kind",
    "label": "类型",
    "values": [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}],
}


def said(app: Flask, *components: dict[str, Any], **values: Any) -> tuple[Part, ...]:
    with app.test_request_context():
        return parts({"components": list(components)}, values)


@pytest.mark.parametrize(
    ("component", "value", "text"),
    [
        (AMOUNT, 1234567.5, "1,234,567.5 元"),
        (KIND, "b", "乙"),
        ({**KIND, "type": "taglist"}, ["a", "b"], "甲、乙"),
        ({"type": "checkbox", "label": "加急"}, True, "是"),
        ({"type": "datetime", "dateLabel": "日期"}, "2026-12-01", "2026-12-01"),
        ({"type": "datetime", "timeLabel": "时间"}, "2026-12-01T08:30:00.000Z", "2026-12-01 16:30"),
        ({"type": "filepicker", "label": "附件"}, [{"id": "1", "name": "扫描件.pdf", "size": 9}], "扫描件.pdf"),
        ({"type": "textfield", "label": "名称"}, "<b>", "<b>"),
    ],
)
def test_each_kind_of_field_is_said_as_people_write_it(app: Flask, component: dict[str, Any], value: Any, text: str) -> None:
    ((part),) = said(app, {**component, "key": "field"}, field=value)
    assert [row.text for row in part.rows] == [text]


def test_groups_are_parts_and_empty_fields_are_left_out(app: Flask) -> None:
    group = {"type": "group", "label": "费用", "components": [AMOUNT, {"type": "textfield", "key": "note", "label": "备注"}]}
    assert said(app, group, {"type": "group", "label": "空", "components": [KIND]}, amount=3, note="") == (
        Part("费用", (Row("金额", "3 元"),), ()),
    )


def test_a_list_is_a_table(app: Flask) -> None:
    items = {"type": "dynamiclist", "path": "items", "label": "明细", "components": [KIND, AMOUNT]}
    (part,) = said(app, items, items=[{"kind": "a", "amount": 1}, {}, {"kind": "b"}])
    assert part.tables == (Table("明细", ("类型", "金额"), (("甲", "1 元"), ("乙", ""))),)


def test_values_of_another_shape_than_the_form_s_are_passed_over(app: Flask) -> None:
    items = {"type": "dynamiclist", "path": "items", "label": "明细", "components": [AMOUNT]}
    assert said(app, items, {"type": "group", "path": "inner", "components": [AMOUNT]}, items="x", inner=7) == ()
