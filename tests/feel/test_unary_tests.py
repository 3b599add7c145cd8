"""The cells of decision tables."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.feel import FeelSyntaxError, compile_unary_tests


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("-", None, True),
        ("5", 5, True),
        ("5", 5.0, True),
        ('"a"', "b", False),
        ('"a", "b"', "b", True),
        ('"a", "b"', None, False),
        ("null", None, True),
        ("null", 1, False),
        ("< 5", 4, True),
        ("< 5", None, None),
        ("<18, >=60", 60, True),
        ("[5..10]", 10, True),
        ("(5..10)", 10, False),
        ("]5..10[", 6, True),
        ("not(5, 6)", 5, False),
        ("not(5, 6)", 7, True),
        ("not(< 5)", 4, False),
        ("not(null)", None, False),
        ("not(null)", 1, True),
        ("? > 3 and ? < 5", 4, True),
        ("? > 3", 2, False),
        ('contains(?, "x")', "axb", True),
        ("count(?) > 1", [1, 2], True),
        ("limit", 10, True),
        ("> limit", 11, True),
        ("limit + 1", 11, True),
        ("ready", 1, True),
        ("ready", True, True),
        ("false", False, True),
        ("not(ready)", True, False),
        ("limits", 3, True),
        ("limits", 9, False),
        ("[1, 2, 3]", 2, True),
        ("[1, 2, 3]", [1, 2, 3], True),
        ('date("2026-01-31")', "2026-01-31", None),
        ('< @"2026-02-01"', date(2026, 1, 31), True),
        ("!= 5", 6, True),
        ("= 5", 5, True),
        ("-5", -5, True),
        ("some x in ? satisfies x > 2", [1, 3], True),
    ],
)
def test_a_cell_holds_for_the_values_it_means(text: str, value: Any, expected: bool | None) -> None:
    scope = {"limit": Decimal(10), "ready": True, "limits": [1, 2, 3]}
    assert compile_unary_tests(text, scope).holds(value, scope) is expected


@pytest.mark.parametrize("text", ["", "5,", "not(5", "- 1 -", "< ", "5 6"])
def test_a_cell_that_is_no_test_is_refused(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(text)


def test_names_of_a_cell_do_not_count_the_question_mark() -> None:
    assert compile_unary_tests("? > limit, other").names == {"limit", "other"}


def test_a_name_with_operators_is_found_in_the_scope_of_a_cell() -> None:
    assert compile_unary_tests("> a-b").holds(6, {"a-b": 5}) is True
