"""Literal expressions, and the types of expressions and variables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.dmn import Evaluation


def test_an_expression_reads_what_the_decision_requires(decide: Callable[..., Any]) -> None:
    assert decide("Yearly Salary", {"Monthly Salary": 1000.1}) == Decimal("12001.2")


def test_a_result_of_another_type_than_the_variable_is_null_with_a_note(evaluated: Callable[..., Evaluation]) -> None:
    evaluation = evaluated("Wrongly Typed")
    assert evaluation.value is None
    assert "not of type number" in str(evaluation.notes[0].reason)


def test_an_expression_with_a_type_of_its_own_must_conform_to_it(decide: Callable[..., Any]) -> None:
    assert decide("Typed Expression") is None
