"""Item definitions: structures, collections, constraints, and what a value has to conform to (DMN 1.5, clause 7.3.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.feel import Date, compile_expression


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("grade", "A", True),
        ("grade", "D", False),
        ("grade", 1, False),
        ("grade", None, True),
        ("grades", ["A", "B"], True),
        ("grades", ["A", "D"], False),
        ("grades", ["A", "A", "B", "C"], False),
        ("pupil", {"name": "Li", "grades": ["A"]}, True),
        ("pupil", {"name": "Li", "grades": ["A"], "hobby": "chess"}, True),
        ("pupil", {"name": "Li"}, False),
        ("pupil", {"name": "Li", "grades": ["D"]}, False),
        ("pupil", {"name": "Li Xiaolong the Great", "grades": []}, False),
        ("tree", {"value": 1, "children": [{"value": 2, "children": []}]}, True),
        ("tree", {"value": 1, "children": [{"value": "2", "children": []}]}, False),
        ("positive", [1, 2], True),
        ("positive", [1, -2], False),
        ("amount", "1", False),
    ],
)
def test_a_value_that_does_not_conform_is_null(decide: Callable[..., Any], name: str, value: Any, kept: bool) -> None:
    assert decide(f"Echo {name}", {name: value}) == (value if kept else None)


def test_a_single_value_becomes_a_list_where_one_is_asked(decide: Callable[..., Any]) -> None:
    assert decide("Echo grades", {"grades": "A"}) == ["A"]


def test_a_list_of_one_becomes_its_item_where_no_list_is_asked(decide: Callable[..., Any]) -> None:
    assert decide("Echo grade", {"grade": ["B"]}) == "B"


def test_a_date_becomes_its_midnight_where_a_moment_is_asked(decide: Callable[..., Any]) -> None:
    day = Date(2026, 3, 1)
    assert decide("Echo moment", {"moment": day}) == compile_expression('date and time("2026-03-01T00:00:00Z")').evaluate({})


def test_a_function_conforms_by_its_parameters_and_result(decide: Callable[..., Any]) -> None:
    assert decide("Rule") is not None
    assert decide("Not a Rule") is None


def test_instance_of_looks_at_the_type_not_at_the_allowed_values(decide: Callable[..., Any]) -> None:
    assert decide("Is Grade") is True
