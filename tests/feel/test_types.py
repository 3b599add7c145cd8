"""instance of, conformance and implicit conversions."""

from typing import Any

import pytest

from engine.feel import Date, compile_expression, text_of
from engine.feel.errors import NotConforming
from engine.feel.feel_type import FeelType
from engine.feel.types import (
    ANY,
    SIMPLE_TYPES,
    Constrained,
    ContextType,
    FunctionType,
    ListType,
    NamedType,
    RangeType,
    coerce,
    conforms,
    is_subtype,
)
from tests.feel.evaluating import value

NUMBER, STRING = SIMPLE_TYPES["number"], SIMPLE_TYPES["string"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ("1 instance of Any", True),
        ("null instance of Any", False),
        ("null instance of Null", True),
        ('@"2026-01-01" instance of date', True),
        ('@"2026-01-01" instance of date and time', False),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1D" instance of years and months duration', False),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[1, null] instance of list<number>", True),
        ("[] instance of list<string>", True),
        ("1 instance of list<number>", False),
        ("[1..2] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
        ("(> 1) instance of range<number>", True),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: null} instance of context<a: number>", True),
        ("{} instance of context<a: number>", False),
        ("{a: {b: 1}} instance of context<a: context<b: string>>", False),
        ("(function(a: number) a) instance of function<number> -> number", True),
        ("(function(a: string) a) instance of function<number> -> number", False),
        ("(function(a) a) instance of function<> -> Any", False),
        ("(function() 1) instance of function<> -> Any", True),
        ("abs instance of function<number> -> Any", True),
        ("1 instance of tUnknown", False),
    ],
)
def test_instance_of_asks_for_the_type(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_types_of_the_host_are_known_by_name() -> None:
    types: dict[str, FeelType] = {}
    types["tSmall"] = Constrained(NUMBER, lambda number: number < 10, "< 10")
    types["front-desk.tGuest"] = ContextType({"name": STRING, "friends": ListType(NamedType("front-desk.tGuest", types))})
    guest: Any = {"name": "Li", "friends": [{"name": "Wu", "friends": []}]}

    def ask(text: str) -> Any:
        return compile_expression(text, types=types).evaluate({"guest": guest})

    assert ask("5 instance of tSmall") is True
    assert ask("50 instance of tSmall") is False
    assert ask("guest instance of front-desk.tGuest") is True
    assert ask("(function(a: tSmall) a)(50)") is None


@pytest.mark.parametrize(
    ("given", "type_", "expected"),
    [
        (1, NUMBER, "1"),
        ([1], NUMBER, "1"),
        (1, ListType(NUMBER), "[1]"),
        (1, SIMPLE_TYPES["list"], "[1]"),
        ([[1]], ListType(NUMBER), None),
        ([1, 2], NUMBER, None),
        ("a", NUMBER, None),
        (None, NUMBER, "null"),
        (Date(2026, 1, 1), SIMPLE_TYPES["date and time"], "2026-01-01T00:00:00Z"),
        ({"a": 1, "b": 2}, ContextType({"a": NUMBER}), "{a: 1, b: 2}"),
        ({"a": "x"}, ContextType({"a": NUMBER}), None),
        (5, Constrained(NUMBER, lambda number: number < 10), "5"),
        (50, Constrained(NUMBER, lambda number: number < 10), None),
        ([5], Constrained(NUMBER, lambda number: number < 10), "5"),
        (5, NamedType("missing"), None),
    ],
)
def test_a_value_is_coerced_or_refused(given: Any, type_: FeelType, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(NotConforming):
            coerce(given, type_)
    else:
        assert text_of(coerce(given, type_)) == expected


def test_null_conforms_to_every_type() -> None:
    assert all(conforms(None, type_) for type_ in (ANY, NUMBER, ListType(NUMBER), RangeType(NUMBER)))


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (NUMBER, ANY, True),
        (NUMBER, STRING, False),
        (ListType(NUMBER), ListType(ANY), True),
        (RangeType(NUMBER), RangeType(STRING), False),
        (ContextType({"a": NUMBER, "b": STRING}), ContextType({"a": NUMBER}), True),
        (ContextType({"a": NUMBER}), ContextType({"a": NUMBER, "b": STRING}), False),
        (FunctionType((ANY,), NUMBER), FunctionType((NUMBER,), ANY), True),
        (FunctionType((NUMBER,), NUMBER), FunctionType((NUMBER, NUMBER), NUMBER), False),
        (Constrained(NUMBER, lambda _: True), NUMBER, True),
    ],
)
def test_a_type_conforms_to_a_wider_one(narrow: FeelType, wide: FeelType, expected: bool) -> None:
    assert is_subtype(narrow, wide) is expected


def test_a_type_is_written_as_it_is_read() -> None:
    text = "function<list<number>, context<a: string>> -> range<date>"
    expression = compile_expression(f"function(f: {text}) f")
    assert str(expression.evaluate({})) == f"function(f: {text})"
