"""Values as the test cases of the kit write them (testCases.xsd), and when a result counts as equal to one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel import Function, compile_expression, text_of

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Numbers are equal when they differ by less: the kit's expected values are rounded so.
TOLERANCE = Decimal("1e-8")

NUMBERS = {"decimal", "double", "float", "integer", "int", "long", "short", "byte"}
CONVERSIONS = {
    "date": compile_expression("date(text)"),
    "time": compile_expression("time(text)"),
    "dateTime": compile_expression("date and time(text)"),
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), compile_expression("duration(text)")),
}
EQUAL = compile_expression("left = right")


class BadValue(ValueError):
    """The case writes a value that has no meaning."""


def value_in(element: Any) -> Any:
    """The FEEL value that stands in an inputNode, expected, component or item."""
    if _is_nil(element):
        return None
    parts = {child.tag.rpartition("}")[2]: child for child in element if isinstance(child.tag, str)}
    if "component" in parts:
        components = [child for child in element if str(child.tag).endswith("}component")]
        return {child.get("name"): value_in(child) for child in components}
    if "list" in parts:
        return None if _is_nil(parts["list"]) else [value_in(item) for item in parts["list"]]
    return _simple(parts["value"]) if "value" in parts else None


def _is_nil(element: Any) -> bool:
    return element.get(f"{XSI}nil") in ("true", "1")


def _simple(element: Any) -> Any:
    if _is_nil(element):
        return None
    text = element.text or ""
    kind = element.get(f"{XSI}type", "string").rpartition(":")[2]
    if kind in NUMBERS:
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in CONVERSIONS:
        value = CONVERSIONS[kind].evaluate({"text": text.strip()})
        if value is None:
            raise BadValue(f"{text!r} is no {kind}")
        return value
    return text


def same(expected: Any, got: Any) -> bool:
    """Lists in order, contexts entry by entry, numbers within the tolerance, all else as FEEL compares."""
    if expected is None or got is None:
        return expected is got
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, dict):
        return isinstance(got, dict) and _same_entries(expected, got)
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return abs(expected - got) < TOLERANCE
    return type(expected) is type(got) and EQUAL.evaluate({"left": expected, "right": got}) is True


def _same_entries(expected: dict[str, Any], got: dict[str, Any]) -> bool:
    """A function cannot be written in a case: an entry that is one need not be expected."""
    wanted = {key for key, value in got.items() if not isinstance(value, Function)} | (got.keys() & expected.keys())
    return wanted == expected.keys() and all(same(expected[key], got[key]) for key in expected)


def shown(value: Any) -> str:
    """A value for a person to read, texts in quotes."""
    return text_of([value])[1:-1]
