"""Where our judge decides otherwise than form-js on purpose: one table, with examples, and the sentences of docs/modelling."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.forms.judging.moments import KEEPS
from service.forms.judging.numbers import read_number
from service.forms.judging.patterns import PHONE
from tests.forms.schemas import field, form, group, rows

Schema = Mapping[str, Any]
Values = Mapping[str, Any]
#: A component, and what was sent for it.
Applies = Callable[[Schema, Any], bool]
#: The values kept when nothing is wrong, or places with their rules, or the name of a refusal.
Outcome = dict[str, Any] | list[tuple[str, str]] | str


@dataclass(frozen=True, slots=True)
class Example:
    schema: Schema
    sent: Values
    here: Outcome
    form_js: Outcome
    known: Values | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """`said` stands in docs/modelling.md, `said_zh` in docs/modelling.zh.md.

    Where it `applies`, random submissions are not compared, for one value changes what others mean. Without it the difference is
    in what random forms do not have, or `comparable` takes it away.
    """

    said: str
    said_zh: str
    examples: tuple[Example, ...]
    applies: Applies = lambda _component, _sent: False


def _is_odd_number(component: Schema, sent: Any) -> bool:
    """A number to JavaScript, and none that could be kept as it is."""
    if component["type"] not in ("number", "expression") or type(sent) is not str or sent == "":
        return False
    text = sent.strip()
    return not text or (read_number(sent) is None and re.match(r"0[xob]|[+-]?(?:Infinity|\.?\d)", text, re.I | re.A) is not None)


def _is_beyond(_component: Schema, sent: Any) -> bool:
    return type(sent) in (int, float) and (not math.isfinite(sent) or abs(sent) > 2**53)


def _is_odd_moment(component: Schema, sent: Any) -> bool:
    return component["type"] == "datetime" and type(sent) is str and sent != "" and KEEPS[component["subtype"]](sent) is None


def _is_misplaced(component: Schema, sent: Any) -> bool:
    if component["type"] == "group" and component.get("path"):
        return sent is not None and type(sent) is not dict
    if component["type"] != "dynamiclist" or sent is None or sent is False or sent == "":
        return False
    return type(sent) is not list or any(type(row) is not dict for row in sent)


def _is_odd_phone(component: Schema, sent: Any) -> bool:
    is_phone = component.get("validate", {}).get("validationType") == "phone"
    return is_phone and type(sent) is str and not PHONE.fullmatch(sent) and re.search(r"(?:\+|00)\d{5,}$", sent) is not None


_NUMBER: Final = field("number", "n", validate={"required": True})
_CENTS: Final = field("number", "n", decimalDigits=2)
_DATE: Final = field("datetime", "d", subtype="date")
_TIME: Final = field("datetime", "d", subtype="time")
_ITEMS: Final = rows("items", field("textfield", "x"))
_FIXED: Final = rows("items", field("textfield", "x"), allowAddRemove=False)
_SHOWN: Final = field("textfield", "r", readonly=True)
_FUTURE: Final = field("datetime", "d", subtype="date", disallowPassedDates=True)
_COMPUTED: Final = field("select", "s", valuesExpression='=["a", "b"]')
_TEXT: Final = field("textfield", "t")
_FILES: Final = field("filepicker", "f")
_SCAN: Final = {"id": "0", "name": "scan.pdf", "size": 5}
_UNUSABLE: Final = "FormUnusable"

DIFFERENCES: Final = (
    Difference(
        "A row without a visible field is stored as `{}`; form-js stores null, or leaves it out at the end of the list.",
        "没有可见字段的行保存为 `{}`；form-js 保存为 null，位于列表末尾时则略去。",
        (
            Example(
                form(rows("items", field("textfield", "x", conditional={"hide": "=i[1] = 1"}))),
                {"items": [{"x": "a"}, {"x": "b"}]},
                here={"items": [{}, {"x": "b"}]},
                form_js={"items": [None, {"x": "b"}]},
            ),
        ),
    ),
    Difference(
        "A field with `readonly` takes only the value it shows; a list with `allowAddRemove: false` only as many rows.",
        "带 `readonly` 的字段只接受所显示的值；带 `allowAddRemove: false` 的列表不接受增减行。",
        (
            Example(form(_SHOWN), {"r": "changed"}, [("r", "readonly")], {"r": "changed"}, {"r": "shown"}),
            Example(form(_FIXED), {"items": [{"x": "a"}, {"x": "b"}]}, [("items", "rows")], {"items": [{"x": "a"}, {"x": "b"}]}),
        ),
    ),
    Difference(
        "A field with `disallowPassedDates` refuses days before today in the company's time zone, unless that was its value.",
        "带 `disallowPassedDates` 的字段不接受早于今天（按公司时区）的日期，除非它原来就是这个值。",
        (Example(form(_FUTURE), {"d": "1990-01-01"}, [("d", "past")], {"d": "1990-01-01"}),),
    ),
    Difference(
        "Options that an expression gives (`valuesExpression`) are held to.",
        "由表达式给出的选项（`valuesExpression`）同样会被检查。",
        (
            Example(form(_COMPUTED), {"s": {"evil": 1}}, [("s", "value")], {"s": {"evil": 1}}),
            Example(form({**_COMPUTED, "type": "taglist"}), {"s": "evil"}, [("s", "value")], {"s": "evil"}),
        ),
        lambda component, _sent: "valuesExpression" in component,
    ),
    Difference(
        "Numbers are decimal numbers: blanks, `0x10` and `Infinity` are none.",
        "数字必须是十进制数：空白、`0x10`、`Infinity` 都不是数字。",
        (
            Example(form(_NUMBER), {"n": "  "}, [("n", "value")], {"n": 0}),
            Example(form(_NUMBER), {"n": "0x10"}, [("n", "value")], {"n": 16}),
            Example(form(_NUMBER), {"n": "Infinity"}, [("n", "value")], {"n": None}),
        ),
        _is_odd_number,
    ),
    Difference(
        "Numbers are exact: 9007199254740993 keeps its last digit, and 0.8 is not more than 0.1 + 0.7.",
        "数字是精确的：9007199254740993 的末位不会丢失，0.8 不大于 0.1 + 0.7。",
        (
            Example(form(_NUMBER), {"n": 2**53 + 1}, {"n": 2**53 + 1}, {"n": 2**53}),
            Example(form(_NUMBER), {"n": "0.12345678901234567890"}, [("n", "value")], {"n": 0.12345678901234568}),
            Example(
                form(field("number", "a"), field("number", "n", validate={"max": "=a + 0.7"})),
                {"a": 0.1, "n": 0.8},
                here={"a": 0.1, "n": 0.8},
                form_js=[("n", "max")],
            ),
        ),
        _is_beyond,
    ),
    Difference(
        "A value on which form-js fails is judged; the fault is not the designer's.",
        "会使 form-js 出错的值照常检查，不归咎于设计者。",
        (
            Example(form(_CENTS), {"n": 1e21}, {"n": 1e21}, _UNUSABLE),
            Example(form(_CENTS), {"n": "Infinity"}, [("n", "value")], _UNUSABLE),
            Example(form(field("number", "n", validate={"minLength": 2})), {"n": 5}, [("n", "minLength")], _UNUSABLE),
        ),
    ),
    Difference(
        "Dates and times are written as in ISO 8601 (`2026-10-05`, `09:30`, `2026-10-05T09:30+08:00`); nothing is guessed.",
        "日期和时间按 ISO 8601 书写（`2026-10-05`、`09:30`、`2026-10-05T09:30+08:00`），不作猜测。",
        (
            Example(form(_DATE), {"d": "May-5-2026"}, [("d", "value")], {"d": "May-5-2026"}),
            Example(form(_DATE), {"d": "2026-1-5"}, [("d", "value")], {"d": "2026-1-5"}),
            Example(form(_TIME), {"d": "24:60"}, [("d", "value")], {"d": "24:60"}),
            Example(form(_TIME), {"d": "9:5abc"}, [("d", "value")], {"d": "9:5abc"}),
        ),
        _is_odd_moment,
    ),
    Difference(
        "Where an object, a list or a row is expected, anything else is refused, and so is a name that none of their fields has.",
        "应为对象、列表或行的地方不接受其他值，也不接受其中没有的字段名。",
        (
            Example(form(group(field("textfield", "x"), path="g")), {"g": "text"}, [("g", "value")], {"g": {}}),
            Example(form(_ITEMS), {"items": ["text"]}, [("items[0]", "value")], {"items": [{"x": ""}]}),
            Example(
                form(rows("outer", _ITEMS)),
                {"outer": [{"items": "text"}]},
                [("outer[0].items", "value")],
                {"outer": [{"items": [{"x": ""}]}]},
            ),
            Example(form(_ITEMS), {"items": [{"x": "a", "y": 1}]}, [("items[0].y", "unknown")], {"items": [{"x": "a"}]}),
            Example(form(group(field("textfield", "x"), path="g")), {"g": {"y": 1}}, [("g.y", "unknown")], {"g": {"x": ""}}),
        ),
        _is_misplaced,
    ),
    Difference(
        "A telephone number is the whole text: `+` or `00`, then 6 to 15 digits.",
        "电话号码指整个文本：`+` 或 `00`，后接 6 至 15 位数字。",
        (
            Example(
                form(field("textfield", "p", validate={"validationType": "phone"})),
                {"p": "x'; drop table +8613812345678"},
                here=[("p", "phone")],
                form_js={"p": "x'; drop table +8613812345678"},
            ),
        ),
        _is_odd_phone,
    ),
    Difference(
        "A field for text takes texts only; form-js makes a text of a number, of true and of false.",
        "文本字段只接受文本；form-js 会把数字、true、false 转成文本。",
        (
            Example(form(_TEXT), {"t": 5}, [("t", "value")], {"t": "5"}),
            Example(form({**_TEXT, "type": "textarea"}), {"t": True}, [("t", "value")], {"t": "true"}),
            Example(form(_TEXT), {"t": False}, [("t", "value")], {"t": "false"}),
        ),
        lambda component, sent: component["type"] in ("textfield", "textarea") and type(sent) in (int, float, bool),
    ),
    Difference(
        'A file field takes files as the page does, `[{"id": "…", "name": "a.pdf", "size": 512}]`; several only with `multiple`.',
        '文件字段只接受页面放入的内容：`[{"id": "…", "name": "a.pdf", "size": 512}]`；设有 `multiple` 才接受多个文件。',
        (
            Example(form(_FILES), {"f": "files::1"}, [("f", "value")], {"f": "files::1"}),
            Example(form(_FILES), {"f": [None]}, [("f", "value")], {"f": [None]}),
            Example(form(_FILES), {"f": [_SCAN, _SCAN]}, [("f", "value")], {"f": [_SCAN, _SCAN]}),
        ),
        lambda component, sent: component["type"] == "filepicker" and sent not in (None, [], [_SCAN]),
    ),
    Difference(
        "Computed dates and durations are texts as FEEL writes them, not JavaScript's timestamps.",
        "计算得出的日期和时长是 FEEL 的文本，不是 JavaScript 的时间戳。",
        (
            Example(
                form({"type": "expression", "id": "e", "key": "e", "expression": '=date("2026-10-05")'}),
                {},
                here={"e": "2026-10-05"},
                form_js={"e": "2026-10-05T00:00:00.000Z"},
            ),
        ),
    ),
)
